/** Finished runs and their best weights, kept in the browser (IndexedDB) so that a reload loses nothing. Works in a worker. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { StudioError } from '../lib/errors.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import type { RunSummary } from '../training/run.ts';
import { guarded } from './guarded.ts';
import type { RunStore } from './run-store.ts';

const databaseName = 'kline-studio';
const databaseVersion = 1;

interface RunDatabase extends DBSchema {
  runs: { key: string; value: RunSummary };
  weights: { key: string; value: readonly NamedTensor[] };
}

/** A view on a larger buffer would be stored with all of that buffer: give such a tensor its own. */
function compact(tensor: NamedTensor): NamedTensor {
  const { name, shape, data } = tensor;
  return { name, shape: [...shape], data: data.byteLength === data.buffer.byteLength ? data : data.slice() };
}

/**
 * Opens the browser's store, making it at first use.
 * @throws StudioError `storage-failed` where the browser has none or refuses (private windows); go on with `memoryRuns()` then.
 */
export function openRuns(): Promise<RunStore> {
  return guarded('open', async () => {
    const database = await openDB<RunDatabase>(databaseName, databaseVersion, {
      upgrade(opened) {
        opened.createObjectStore('runs');
        opened.createObjectStore('weights');
      },
      // A newer studio in another tab may upgrade; this one then reports storage-failed at its next write.
      blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
    });
    return storeOn(database);
  });
}

function storeOn(database: IDBPDatabase<RunDatabase>): RunStore {
  return {
    save: (run, weights) =>
      guarded('save', async () => {
        const transaction = database.transaction(['runs', 'weights'], 'readwrite');
        const writes = [
          transaction.objectStore('runs').put(run, run.job.runId),
          transaction.objectStore('weights').put(weights.map(compact), run.job.runId),
        ];
        await Promise.all([...writes, transaction.done]);
      }),
    list: () =>
      guarded('list', async () => {
        const runs = await database.getAll('runs');
        return runs.sort((a, b) => a.startedAt - b.startedAt);
      }),
    weights: (runId) =>
      guarded('read', async () => {
        const tensors = await database.get('weights', runId);
        if (!tensors) throw new StudioError('unknown-run', { runId });
        return [...tensors];
      }),
    annotate: (run) =>
      guarded('save', async () => {
        const transaction = database.transaction('runs', 'readwrite');
        const known = await transaction.store.getKey(run.job.runId);
        if (known !== undefined) await transaction.store.put(run, run.job.runId);
        await transaction.done;
      }),
    remove: (runId) =>
      guarded('remove', async () => {
        const transaction = database.transaction(['runs', 'weights'], 'readwrite');
        const deletions = [transaction.objectStore('runs').delete(runId), transaction.objectStore('weights').delete(runId)];
        await Promise.all([...deletions, transaction.done]);
      }),
  };
}
