/** Two run stores as one: what the disk refused stays in memory beside what it holds. */
import type { RunStore } from '../storage/run-store.ts';

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
