/** Two run stores as one: what the disk refused stays in memory beside what it holds. */
import { type Failure, toFailure } from '../lib/errors.ts';
import { memoryRuns } from '../storage/memory-runs.ts';
import type { RunStore } from '../storage/run-store.ts';

/** The store of finished runs; another one takes its place where it refuses. */
export interface Shelf {
  store: RunStore;
}

/** Stores an ended run, in memory where its store refuses. @returns why it was refused, or null */
export async function storeRun(shelf: Shelf, ...run: Parameters<RunStore['save']>): Promise<Failure | null> {
  try {
    await shelf.store.save(...run);
    return null;
  } catch (thrown) {
    const memory = memoryRuns();
    await memory.save(...run);
    shelf.store = beside(memory, shelf.store);
    return toFailure(thrown);
  }
}

/** Reads from `first` where it knows the run, else from `second`; so a run that the disk refused stays downloadable. */
export function beside(first: RunStore, second: RunStore): RunStore {
  return {
    save: (run, weights) => second.save(run, weights),
    list: async () => [...(await second.list()), ...(await first.list())],
    weights: (runId) => first.weights(runId).catch(() => second.weights(runId)),
    annotate: async (run) => {
      await first.annotate(run);
      await second.annotate(run);
    },
    remove: async (runId) => {
      await first.remove(runId);
      await second.remove(runId);
    },
  };
}
