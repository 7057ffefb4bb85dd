/** The list beside the curves: what trains, what waits, and what was trained last. */

import type { ModelId } from '../../models/catalog.ts';
import type { State } from '../../store/state.ts';
import type { RunStatus } from '../../training/run.ts';

export interface QueueRow {
  readonly runId: string;
  readonly model: ModelId;
  /** The base of the model is pre-trained. */
  readonly pretraining: boolean;
  /** Where the list holds several runs of the model: what tells them apart. */
  readonly seed: number | null;
  /** 0-based fold of a walk-forward evaluation, or null. */
  readonly fold: number | null;
  readonly status: RunStatus | 'waiting';
  /** There is a record of it to look at. */
  readonly known: boolean;
}

type Source = Pick<State, 'queue' | 'runs' | 'runOrder'>;

/** While a queue is at work its jobs in order; otherwise the newest run of each model, oldest first. */
export function queueRows({ queue, runs, runOrder }: Source): QueueRow[] {
  if (queue.length > 0)
    return queue.map(({ runId, model, task, training, data }) => {
      const run = runs[runId]?.summary;
      const twins = queue.filter((job) => job.model === model);
      const seed = twins.some((job) => job.training.seed !== training.seed) ? training.seed : null;
      const fold = data.folds > 0 ? data.fold : null;
      return { runId, model, pretraining: task === 'pretrain', seed, fold, status: run?.status ?? 'waiting', known: run !== undefined };
    });
  const newest = new Map<string, QueueRow>();
  for (const runId of runOrder) {
    const run = runs[runId]?.summary;
    if (!run) continue;
    // Removed first, so that the order is that of the newest run.
    const pretraining = run.job.task === 'pretrain';
    const key = `${run.job.model} ${pretraining}`;
    newest.delete(key);
    newest.set(key, { runId, model: run.job.model, pretraining, seed: null, fold: null, status: run.status, known: true });
  }
  return [...newest.values()];
}

/** The run to show when the person chose none: the one that trains, else the newest. */
export function shownRunId(state: Source & Pick<State, 'activeRunId'>, chosen: string | null): string | null {
  if (chosen && state.runs[chosen]) return chosen;
  return state.activeRunId ?? state.runOrder.at(-1) ?? null;
}
