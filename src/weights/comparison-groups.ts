/** Which runs may be compared, and what the comparison says: only runs scored on the same rows against the same labels. */
import type { Baseline, RunSummary, Score } from '../training/run.ts';
import { bestRecord } from './run-facts.ts';

/** Runs with the same data, labels, horizon, validation rows and test rows; those without a finished epoch are left out. */
export function comparableGroups(runs: readonly RunSummary[]): RunSummary[][] {
  const groups = new Map<string, RunSummary[]>();
  for (const run of runs) {
    if (!bestRecord(run)) continue;
    const { labels, parts } = run.prepared;
    const key = JSON.stringify([run.dataset.id, run.job.data.horizon, labels, parts.validation, parts.test]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()];
}

const validation = (run: RunSummary, metric: string): number => bestRecord(run)?.metrics[`validation/${metric}`] ?? Number.NaN;

/** Highest validation accuracy, then lowest validation loss. Test rows play no part, so that their score stays an honest one. */
export function bestRun(runs: readonly RunSummary[]): RunSummary | null {
  const orLowest = (value: number): number => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);
  const ranked = runs.toSorted((a, b) => {
    const [left, right] = [orLowest(validation(a, 'accuracy')), orLowest(validation(b, 'accuracy'))];
    if (left !== right) return right > left ? 1 : -1;
    return orLowest(-validation(b, 'loss')) > orLowest(-validation(a, 'loss')) ? 1 : -1;
  });
  return ranked[0] ?? null;
}

export type Verdict = 'above' | 'within' | 'not-above';

/** The strongest baseline on test rows. */
export function strongestBaseline(baselines: readonly Baseline[]): Baseline | null {
  return baselines.toSorted((a, b) => b.test.value - a.test.value)[0] ?? null;
}

/** `above`: the intervals do not touch; `within`: better, but chance can explain it; `not-above`: no better. */
export function verdictOf(model: Score, baseline: Score): Verdict {
  if (model.low > baseline.high) return 'above';
  return model.value > baseline.value ? 'within' : 'not-above';
}

export interface SeedSummary {
  readonly runs: readonly RunSummary[];
  readonly validation: { readonly mean: number; readonly deviation: number };
  readonly test: { readonly mean: number; readonly deviation: number } | null;
}

/** Mean and sample standard deviation. */
function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

/** Runs that differ in their seed alone, where there are two seeds or more. */
export function seedSummaries(runs: readonly RunSummary[]): SeedSummary[] {
  const groups = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const key = JSON.stringify({ ...run.job, runId: '', training: { ...run.job.training, seed: 0 } });
    const known = groups.get(key) ?? [];
    if (known.every((other) => other.job.training.seed !== run.job.training.seed)) groups.set(key, [...known, run]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const tested = group.flatMap((run) => (run.test ? [run.test.accuracy.value] : []));
      return {
        runs: group,
        validation: spread(group.map((run) => validation(run, 'accuracy'))),
        test: tested.length === group.length ? spread(tested) : null,
      };
    });
}
