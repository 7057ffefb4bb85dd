/**
 * Checkpoints of runs that are under way: two slots a run, written in turn, so that a write cut off at any byte leaves the one before.
 * What never changes (a frozen base) lies apart under its hash, once for all runs that stand on it.
 */
import type { PackedCheckpoint } from '../training/run-checkpoint.ts';
import { type Folder, memoryFolder } from './folder.ts';
import { packFrame, readFrame, readFrameHead } from './frame.ts';
import { guarded } from './guarded.ts';
import { openPrivateFolder } from './private-files.ts';

/** Every failure of the browser's storage is a StudioError `storage-failed`. */
export interface CheckpointStore {
  /** Writes over the older of the run's slots; when it fails the newer one is as it was. */
  save(runId: string, checkpoint: PackedCheckpoint): Promise<void>;
  /** The newest whole checkpoint of a run; null where there is none. */
  load(runId: string): Promise<PackedCheckpoint | null>;
  /** Runs that have files here, with the header of the newest checkpoint; null where none is readable. */
  list(): Promise<StoredCheckpoint[]>;
  /** Forgets the run, and bases that no other run stands on. */
  remove(runId: string): Promise<void>;
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
}

/** Text of a slot's frame: the checkpoint's header, and the hash of the base that belongs to it. */
interface SlotText {
  readonly header: string;
  readonly base: string | null;
}

const slotNumbers = [0, 1] as const;
const slotName = (runId: string, slot: number): string => `${encodeURIComponent(runId)}.${slot}`;
const slotPattern = /^(.+)\.[01]$/;

export function checkpointsIn({ slots, bases }: Folders): CheckpointStore {
  /** By run: the slot that holds the newest whole checkpoint, and the highest sequence given. */
  const newest = new Map<string, { slot: 0 | 1 | null; sequence: number }>();
  /** Bases seen whole. */
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

  async function pruneBases(): Promise<void> {
    const used = new Set<string>();
    for (const runId of await runIds())
      for (const { head } of await headsOf(runId)) used.add((JSON.parse(head.text) as SlotText).base ?? '');
    for (const sha256 of await bases.names()) {
      if (used.has(sha256)) continue;
      await bases.remove(sha256);
      present.delete(sha256);
    }
  }

  const runIds = async (): Promise<string[]> => [
    ...new Set((await slots.names()).flatMap((name) => slotPattern.exec(name)?.[1] ?? []).map(decodeURIComponent)),
  ];

  return {
    save: (runId, { header, arrays, frozen }) =>
      guarded('checkpoint', async () => {
        if (frozen) await keepBase(frozen);
        const { slot, sequence } = await newestOf(runId);
        const next = slot === 0 ? 1 : 0;
        const text = JSON.stringify({ header, base: frozen?.sha256 ?? null } satisfies SlotText);
        await slots.write(slotName(runId, next), await packFrame({ sequence: sequence + 1, text, arrays }));
        newest.set(runId, { slot: next, sequence: sequence + 1 });
      }),
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
        await pruneBases();
      }),
  };
}

/** Kept as long as the worker lives: a run can go on after its device was lost, but not after the page was closed. */
export const memoryCheckpoints = (): CheckpointStore => checkpointsIn({ slots: memoryFolder(), bases: memoryFolder() });

/** Several pages may keep runs: what one writes another does not prune. */
const lockName = 'kline-studio.checkpoints';

async function locked<T>(work: () => Promise<T>): Promise<T> {
  // Pages served without TLS have no locks.
  const locks = navigator.locks as LockManager | undefined;
  return locks ? ((await locks.request(lockName, work)) as T) : work();
}

/** @throws StudioError `storage-failed` where the browser has no private file system or refuses it; go on with `memoryCheckpoints()` then */
export function openCheckpoints(): Promise<CheckpointStore> {
  return guarded('checkpoint', async () => {
    const [slots, bases] = [await openPrivateFolder('checkpoints'), await openPrivateFolder('bases')];
    const store = checkpointsIn({ slots, bases });
    return {
      ...store,
      save: (runId, checkpoint) => locked(() => store.save(runId, checkpoint)),
      remove: (runId) => locked(() => store.remove(runId)),
    };
  });
}
