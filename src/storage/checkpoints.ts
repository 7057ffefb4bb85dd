/**
 * Checkpoints of runs that are under way: two slots a run, written in turn, so that a write cut off at any byte leaves the one before.
 * What never changes (a frozen base, the file of bars) lies apart under its hash, once for all runs that stand on it.
 */
import { sha256 } from '../data/reading/sha256.ts';
import type { PackedCheckpoint } from '../training/run-checkpoint.ts';
import { type Folder, memoryFolder } from './folder.ts';
import { packFrame, readFrame, readFrameHead } from './frame.ts';
import { guarded } from './guarded.ts';
import { openPrivateFolder } from './private-files.ts';
import { alone } from './store-lock.ts';

/** Every failure of the browser's storage is a StudioError `storage-failed`. */
export interface CheckpointStore {
  /**
   * Writes over the older of the run's slots; when it fails the newer one is as it was.
   * @param file that the run is trained on, by its hash
   * @throws StudioError `storage-failed`; with operation `dataset` the checkpoint itself was written, but not the file
   */
  save(runId: string, checkpoint: PackedCheckpoint, file?: NamedFile | null): Promise<void>;
  /** The newest whole checkpoint of a run; null where there is none. */
  load(runId: string): Promise<PackedCheckpoint | null>;
  /** The file with this hash as it was saved; null where there is none, or it is damaged. */
  file(sha256: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Runs that have files here, with the header of the newest checkpoint; null where none is readable. */
  list(): Promise<StoredCheckpoint[]>;
  /** Forgets the run, and bases and files that no other run stands on. */
  remove(runId: string): Promise<void>;
}

export interface NamedFile {
  /** Of its bytes, hex. */
  readonly sha256: string;
  readonly blob: Blob;
}

export interface StoredCheckpoint {
  readonly runId: string;
  readonly header: string | null;
  /** Of the newest slot's file; 0 where none is readable. */
  readonly bytes: number;
}

interface Folders {
  readonly slots: Folder;
  readonly bases: Folder;
  readonly files: Folder;
}

/** Text of a slot's frame: the checkpoint's header, and the hashes of the base and the file that belong to it. */
interface SlotText {
  readonly header: string;
  readonly base: string | null;
  readonly file: string | null;
}

const slotNumbers = [0, 1] as const;
const slotName = (runId: string, slot: number): string => `${encodeURIComponent(runId)}.${slot}`;
const slotPattern = /^(.+)\.[01]$/;

export function checkpointsIn({ slots, bases, files }: Folders): CheckpointStore {
  /** By run: the slot that holds the newest whole checkpoint, and the highest sequence given. */
  const newest = new Map<string, { slot: 0 | 1 | null; sequence: number }>();
  /** Bases and files seen whole. */
  const present = new Set<string>();

  const headsOf = async (runId: string) => {
    const heads = await Promise.all(slotNumbers.map(async (slot) => ({ slot, head: await readFrameHead(slots, slotName(runId, slot)) })));
    return heads.flatMap(({ slot, head }) => (head ? [{ slot, head }] : [])).sort((a, b) => b.head.sequence - a.head.sequence);
  };

  async function newestOf(runId: string) {
    const known = newest.get(runId);
    if (known) return known;
    const heads = await headsOf(runId);
    const sequence = heads[0]?.head.sequence ?? 0;
    for (const { slot } of heads) if (await readFrame(slots, slotName(runId, slot))) return { slot, sequence };
    return { slot: null, sequence };
  }

  async function keepBase({ sha256, arrays }: NonNullable<PackedCheckpoint['frozen']>): Promise<void> {
    if (present.has(sha256)) return;
    if (!(await readFrame(bases, sha256))) await bases.write(sha256, await packFrame({ sequence: 0, text: '', arrays }));
    present.add(sha256);
  }

  const readFile = async (name: string): Promise<Uint8Array<ArrayBuffer> | null> => {
    const bytes = await files.read(name);
    return bytes && (await sha256(bytes)) === name ? bytes : null;
  };

  async function keepFile({ sha256: name, blob }: NamedFile): Promise<void> {
    if (present.has(name)) return;
    if (!(await readFile(name))) await files.write(name, new Uint8Array(await blob.arrayBuffer()));
    present.add(name);
  }

  async function pruneShared(): Promise<void> {
    const used = new Set<string | null>();
    for (const runId of await runIds())
      for (const { head } of await headsOf(runId)) {
        const { base, file } = JSON.parse(head.text) as SlotText;
        used.add(base).add(file);
      }
    for (const folder of [bases, files])
      for (const name of await folder.names()) {
        if (used.has(name)) continue;
        await folder.remove(name);
        present.delete(name);
      }
  }

  const runIds = async (): Promise<string[]> => [
    ...new Set((await slots.names()).flatMap((name) => slotPattern.exec(name)?.[1] ?? []).map(decodeURIComponent)),
  ];

  return {
    save: async (runId, { header, arrays, frozen }, file = null) => {
      let refused: unknown = null;
      if (file)
        await guarded('dataset', () => keepFile(file)).catch((thrown: unknown) => {
          refused = thrown;
        });
      await guarded('checkpoint', async () => {
        if (frozen) await keepBase(frozen);
        const { slot, sequence } = await newestOf(runId);
        const next = slot === 0 ? 1 : 0;
        const text = JSON.stringify({ header, base: frozen?.sha256 ?? null, file: file?.sha256 ?? null } satisfies SlotText);
        await slots.write(slotName(runId, next), await packFrame({ sequence: sequence + 1, text, arrays }));
        newest.set(runId, { slot: next, sequence: sequence + 1 });
      });
      if (refused) throw refused;
    },
    file: (name) => guarded('resume', () => readFile(name)),
    load: (runId) =>
      guarded('resume', async () => {
        const heads = await headsOf(runId);
        for (const { slot } of heads) {
          const frame = await readFrame(slots, slotName(runId, slot));
          if (!frame) continue;
          const { header, base } = JSON.parse(frame.text) as SlotText;
          const kept = base === null ? null : await readFrame(bases, base);
          // Without its base it cannot go on; the other slot stands on the same one.
          if (base !== null && !kept) continue;
          newest.set(runId, { slot, sequence: heads[0]?.head.sequence ?? frame.sequence });
          return { header, arrays: frame.arrays, frozen: kept && base !== null ? { sha256: base, arrays: kept.arrays } : null };
        }
        return null;
      }),
    list: () =>
      guarded('resume', async () => {
        const found: StoredCheckpoint[] = [];
        for (const runId of await runIds()) {
          const head = (await headsOf(runId))[0]?.head;
          found.push({ runId, header: head ? (JSON.parse(head.text) as SlotText).header : null, bytes: head?.bytes ?? 0 });
        }
        return found;
      }),
    remove: (runId) =>
      guarded('remove', async () => {
        for (const slot of slotNumbers) await slots.remove(slotName(runId, slot));
        newest.delete(runId);
        await pruneShared();
      }),
  };
}

/** Kept as long as the worker lives: a run can go on after its device was lost, but not after the page was closed. */
export const memoryCheckpoints = (): CheckpointStore =>
  checkpointsIn({ slots: memoryFolder(), bases: memoryFolder(), files: memoryFolder() });

/** @throws StudioError `storage-failed` where the browser has no private file system or refuses it; go on with `memoryCheckpoints()` then */
export function openCheckpoints(): Promise<CheckpointStore> {
  return guarded('checkpoint', async () => {
    const store = checkpointsIn({
      slots: await openPrivateFolder('checkpoints'),
      bases: await openPrivateFolder('bases'),
      files: await openPrivateFolder('files'),
    });
    return {
      ...store,
      save: (runId, checkpoint, file) => alone(() => store.save(runId, checkpoint, file)),
      remove: (runId) => alone(() => store.remove(runId)),
    };
  });
}
