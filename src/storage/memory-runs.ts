/** Runs kept in memory only: what the studio goes on with where the browser's store cannot be opened. */
import { StudioError } from '../lib/errors.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import type { RunSummary } from '../training/run.ts';
import type { RunStore } from './run-store.ts';

/** An empty store that lives as long as the worker. */
export function memoryRuns(): RunStore {
  const kept = new Map<string, { run: RunSummary; weights: readonly NamedTensor[] }>();
  return {
    async save(run, weights) {
      kept.set(run.job.runId, { run, weights: weights.map((tensor) => ({ ...tensor, data: tensor.data.slice() })) });
    },
    async list() {
      return [...kept.values()].map(({ run }) => run).sort((a, b) => a.startedAt - b.startedAt);
    },
    async weights(runId) {
      const entry = kept.get(runId);
      if (!entry) throw new StudioError('unknown-run', { runId });
      return [...entry.weights];
    },
    async annotate(run) {
      const entry = kept.get(run.job.runId);
      if (entry) kept.set(run.job.runId, { ...entry, run });
    },
    async remove(runId) {
      kept.delete(runId);
    },
  };
}
