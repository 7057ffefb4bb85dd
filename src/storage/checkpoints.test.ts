/** Two slots: whatever happens to a write, or to a file, the newest whole checkpoint is what is read. */
import { describe, expect, test } from 'vitest';
import { sha256 } from '../data/reading/sha256.ts';
import type { PackedCheckpoint } from '../training/run-checkpoint.ts';
import { type CheckpointStore, checkpointsIn } from './checkpoints.ts';
import { type Folder, memoryFolder } from './folder.ts';

const runId = '20261130-1/../ü';

const checkpoint = (mark: number, base: string | null = null): PackedCheckpoint => ({
  header: JSON.stringify({ mark, text: 'Schlußkurs 收盘' }),
  arrays: [
    { name: 'values', data: Float32Array.from({ length: 301 }, (_, i) => mark + i / 7) },
    { name: 'tally', data: Float64Array.of(mark / 3, Number.NaN) },
    { name: 'empty', data: new Float32Array() },
  ],
  frozen: base === null ? null : { sha256: base, arrays: [{ name: 'embedding', data: Float32Array.of(7, 8) }] },
});

interface Disk {
  readonly store: CheckpointStore;
  readonly slots: Folder;
  readonly bases: Folder;
  readonly files: Folder;
}

const reopened = (folders: Omit<Disk, 'store'>): Disk => ({ ...folders, store: checkpointsIn(folders) });
const emptyDisk = (): Disk => reopened({ slots: memoryFolder(), bases: memoryFolder(), files: memoryFolder() });

/** The same files, but the next write of a slot is cut off after a share of its bytes, as by a power cut. */
const cutting = (slots: Folder, share: number): Folder => ({
  ...slots,
  write: async (name, bytes) => {
    await slots.write(name, bytes.slice(0, Math.floor(bytes.length * share)));
    throw new DOMException('power cut', 'AbortError');
  },
});

test('what was saved last comes back, under any name, also in the next session', async () => {
  const disk = emptyDisk();
  expect(await disk.store.load(runId)).toBeNull();
  for (const mark of [1, 2, 3]) {
    await disk.store.save(runId, checkpoint(mark, 'a'.repeat(64)));
    expect(await disk.store.load(runId)).toEqual(checkpoint(mark, 'a'.repeat(64)));
    expect(await reopened(disk).store.load(runId)).toEqual(checkpoint(mark, 'a'.repeat(64)));
  }
  expect(await disk.slots.names()).toHaveLength(2);
  const [listed] = await reopened(disk).store.list();
  expect(listed).toMatchObject({ runId, header: checkpoint(3).header });
  expect(listed?.bytes).toBeGreaterThan(1200);
});

describe('a write cut off', () => {
  test.each(Array.from({ length: 100 }, (_, i) => i))('at %i %% of the file leaves the checkpoint before', async (percent) => {
    const disk = emptyDisk();
    for (const mark of [1, 2]) await disk.store.save(runId, checkpoint(mark));
    const failing = reopened({ ...disk, slots: cutting(disk.slots, percent / 100) });
    await expect(failing.store.save(runId, checkpoint(3))).rejects.toMatchObject({
      code: 'storage-failed',
      parameters: { reason: 'AbortError' },
    });
    const after = reopened(disk);
    expect(await after.store.load(runId)).toEqual(checkpoint(2));
    // And the run is kept on from there.
    await after.store.save(runId, checkpoint(4));
    expect(await reopened(disk).store.load(runId)).toEqual(checkpoint(4));
  });

  test('again and again in one session never touches the good slot', async () => {
    const disk = emptyDisk();
    await disk.store.save(runId, checkpoint(1));
    const failing = reopened({ ...disk, slots: cutting(disk.slots, 0.5) });
    for (const mark of [2, 3, 4]) await expect(failing.store.save(runId, checkpoint(mark))).rejects.toThrow();
    expect(await reopened(disk).store.load(runId)).toEqual(checkpoint(1));
  });
});

describe('a damaged file', () => {
  const damaged = async (at: (length: number) => number) => {
    const disk = emptyDisk();
    for (const mark of [1, 2]) await disk.store.save(runId, checkpoint(mark));
    const name = `${encodeURIComponent(runId)}.1`;
    const bytes = (await disk.slots.read(name)) as Uint8Array<ArrayBuffer>;
    const place = at(bytes.length);
    bytes[place] = (bytes[place] as number) ^ 0x10;
    await disk.slots.write(name, bytes);
    return disk;
  };

  test.each([0, 9, 17, 25, 40, 100, 160, 200])('with byte %i changed is passed over', async (place) => {
    const disk = await damaged(() => place);
    expect(await reopened(disk).store.load(runId)).toEqual(checkpoint(1));
    // Saving without having read first does not overwrite the good one.
    const next = reopened(disk);
    await expect(reopened({ ...disk, slots: cutting(disk.slots, 0.3) }).store.save(runId, checkpoint(5))).rejects.toThrow();
    expect(await next.store.load(runId)).toEqual(checkpoint(1));
  });

  test('with a value of its arrays changed is passed over, and overwritten first', async () => {
    const disk = await damaged((length) => length - 20);
    const next = reopened(disk);
    expect(await next.store.load(runId)).toEqual(checkpoint(1));
    await expect(reopened({ ...disk, slots: cutting(disk.slots, 0.3) }).store.save(runId, checkpoint(5))).rejects.toThrow();
    expect(await reopened(disk).store.load(runId)).toEqual(checkpoint(1));
    await next.store.save(runId, checkpoint(6));
    expect(await reopened(disk).store.load(runId)).toEqual(checkpoint(6));
  });

  test('in both slots is told as a run that cannot be read', async () => {
    const disk = await damaged(() => 3);
    await disk.slots.write(`${encodeURIComponent(runId)}.0`, new Uint8Array(50));
    expect(await reopened(disk).store.load(runId)).toBeNull();
    expect(await reopened(disk).store.list()).toEqual([{ runId, header: null, bytes: 0 }]);
  });
});

describe('bases', () => {
  const [first, second] = ['1'.repeat(64), '2'.repeat(64)];

  test('are written once for all checkpoints and runs, and pruned with the last run on them', async () => {
    const disk = emptyDisk();
    const written: string[] = [];
    const counted = reopened({
      ...disk,
      bases: {
        ...disk.bases,
        write: async (name, bytes) => {
          written.push(name);
          await disk.bases.write(name, bytes);
        },
      },
    });
    for (const mark of [1, 2, 3]) await counted.store.save('a', checkpoint(mark, first));
    await counted.store.save('b', checkpoint(4, first));
    await counted.store.save('c', checkpoint(5, second));
    expect(written).toEqual([first, second]);
    await counted.store.remove('a');
    expect(await disk.bases.names()).toEqual([first, second]);
    expect(await counted.store.load('b')).toEqual(checkpoint(4, first));
    await counted.store.remove('b');
    expect(await disk.bases.names()).toEqual([second]);
    await counted.store.remove('c');
    expect([...(await disk.bases.names()), ...(await disk.slots.names())]).toEqual([]);
    // One that was pruned is written anew.
    await counted.store.save('d', checkpoint(6, first));
    expect(await reopened(disk).store.load('d')).toEqual(checkpoint(6, first));
  });

  test('that are damaged are written anew, and nothing goes on without its base', async () => {
    const disk = emptyDisk();
    await disk.store.save('a', checkpoint(1, first));
    await disk.bases.write(first, new Uint8Array(300));
    expect(await reopened(disk).store.load('a')).toBeNull();
    await reopened(disk).store.save('a', checkpoint(2, first));
    expect(await reopened(disk).store.load('a')).toEqual(checkpoint(2, first));
  });
});

describe('the file of bars', () => {
  const text = 'time,open\n1,2\n';
  const named = async (content: string) => {
    const blob = new Blob([content]);
    return { sha256: await sha256(new Uint8Array(await blob.arrayBuffer())), blob };
  };

  test('is written once, comes back byte by byte, and goes with the last run on it', async () => {
    const disk = emptyDisk();
    const file = await named(text);
    await disk.store.save('a', checkpoint(1), file);
    await disk.store.save('b', checkpoint(2), file);
    expect(await disk.files.names()).toEqual([file.sha256]);
    expect(new TextDecoder().decode((await reopened(disk).store.file(file.sha256)) ?? undefined)).toBe(text);
    await disk.store.remove('a');
    expect(await disk.store.file(file.sha256)).not.toBeNull();
    await disk.store.remove('b');
    expect(await disk.files.names()).toEqual([]);
  });

  test('cut off or refused is not given back, and the checkpoint is kept all the same', async () => {
    const disk = emptyDisk();
    const file = await named(text);
    const failing = reopened({ ...disk, files: cutting(disk.files, 0.5) });
    await expect(failing.store.save('a', checkpoint(1), file)).rejects.toMatchObject({
      code: 'storage-failed',
      parameters: { operation: 'dataset', reason: 'AbortError' },
    });
    expect(await reopened(disk).store.load('a')).toEqual(checkpoint(1));
    expect(await disk.store.file(file.sha256)).toBeNull();
    await disk.store.save('a', checkpoint(2), file);
    expect(await reopened(disk).store.file(file.sha256)).not.toBeNull();
  });
});

describe('a store that throws', () => {
  const names = ['QuotaExceededError', 'AbortError', 'InvalidStateError', 'SecurityError', 'NoModificationAllowedError'];
  test.each(names)('%s is a storage failure with that reason, whatever was asked', async (name) => {
    const refuse = async (): Promise<never> => {
      throw new DOMException('', name);
    };
    const refusing: Folder = { read: refuse, size: refuse, write: refuse, remove: refuse, names: refuse };
    const { store } = reopened({ slots: refusing, bases: refusing, files: refusing });
    const failure = { code: 'storage-failed', parameters: { reason: name } };
    await expect(store.save(runId, checkpoint(1))).rejects.toMatchObject(failure);
    await expect(store.load(runId)).rejects.toMatchObject(failure);
    await expect(store.list()).rejects.toMatchObject(failure);
    await expect(store.remove(runId)).rejects.toMatchObject(failure);
  });
});
