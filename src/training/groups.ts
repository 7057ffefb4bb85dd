/**
 * What several runs say together: the same job under other seeds as mean ± standard deviation, the folds of a walk-forward
 * evaluation side by side, and whether a score stands above its baselines. Page-safe: the screen and the written reports share it.
 */
import type { Baseline, EpochRecord, RunSummary, Score } from './run.ts';

/** The record of the epoch whose weights were kept, or null before the first evaluation. */
export function bestRecord(run: RunSummary): EpochRecord | null {
  return run.epochs.find((record) => record.epoch === run.bestEpoch) ?? null;
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

/** Sample standard deviation; 0 for a single value. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and sample standard deviation of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

/** Reads one number of a run, or undefined where the run has none. */
export type Figure = (run: RunSummary) => number | undefined;

/** Accuracy of the kept weights on validation rows, and of the same weights on test rows. */
export const validationAccuracy: Figure = (run) => bestRecord(run)?.metrics['validation/accuracy'];
export const testAccuracy: Figure = (run) => run.test?.accuracy.value;

/** A figure over all runs, or null where one of them lacks it: a mean over some would compare unlike things. */
export function spreadOver(runs: readonly RunSummary[], figure: Figure): Spread | null {
  const values = runs.flatMap((run) => figure(run) ?? []);
  return values.length === runs.length && values.length > 0 ? spreadOf(values) : null;
}

/** Runs that have ended with at least one measured epoch. */
const countable = (run: RunSummary): boolean => run.status !== 'running' && run.status !== 'paused' && bestRecord(run) !== null;

/** Everything that decides a run's result but its seed and, where `fold` is given, its fold. */
function keyOf({ job, dataset }: RunSummary, fold: number): string {
  const training = { ...job.training, seed: 0, repeats: 1 };
  // A base that was pre-trained for this run alone differs from seed to seed like the run itself.
  const modelConfig = job.modelConfig.base === 'pretraining' ? { ...job.modelConfig, baseRun: '' } : job.modelConfig;
  return JSON.stringify({ ...job, runId: '', modelConfig, training, data: { ...job.data, fold }, dataset: dataset.id });
}

function groupBy(runs: readonly RunSummary[], key: (run: RunSummary) => string, same: (a: RunSummary, b: RunSummary) => boolean) {
  const groups = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const known = groups.get(key(run)) ?? [];
    if (!known.some((other) => same(other, run))) groups.set(key(run), [...known, run]);
  }
  return [...groups.values()];
}

/** Ended runs that differ in their seed alone, where there are two seeds or more; a seed that was run twice counts once. */
export function seedGroups(runs: readonly RunSummary[]): RunSummary[][] {
  const sameSeed = (a: RunSummary, b: RunSummary): boolean => a.job.training.seed === b.job.training.seed;
  const key = (run: RunSummary): string => keyOf(run, run.job.data.folds > 0 ? run.job.data.fold : 0);
  return groupBy(runs.filter(countable), key, sameSeed).filter((group) => group.length > 1);
}

export interface SeedSummary {
  readonly runs: readonly RunSummary[];
  readonly validation: Spread;
  readonly test: Spread | null;
}

/** Accuracy of each group of seeds. */
export function seedSummaries(runs: readonly RunSummary[]): SeedSummary[] {
  return seedGroups(runs).map((group) => ({
    runs: group,
    validation: spreadOver(group, validationAccuracy) ?? { mean: Number.NaN, deviation: Number.NaN },
    test: spreadOver(group, testAccuracy),
  }));
}

export interface Fold {
  readonly fold: number;
  /** At least one run, one a seed, on the same rows. */
  readonly runs: readonly RunSummary[];
}

export interface FoldGroup {
  /** Folds that were asked for; fewer may have ended. */
  readonly asked: number;
  /** In order of time. */
  readonly folds: readonly Fold[];
}

/** Ended runs of one model and configuration over the folds of a walk-forward evaluation, where two folds or more have ended. */
export function foldGroups(runs: readonly RunSummary[]): FoldGroup[] {
  const walking = runs.filter((run) => countable(run) && run.job.data.folds > 0);
  const twin = (a: RunSummary, b: RunSummary): boolean =>
    a.job.training.seed === b.job.training.seed && a.job.data.fold === b.job.data.fold;
  return groupBy(walking, (run) => keyOf(run, 0), twin).flatMap((group) => {
    const numbers = [...new Set(group.map((run) => run.job.data.fold))].sort((a, b) => a - b);
    if (numbers.length < 2) return [];
    const folds = numbers.map((fold) => ({ fold, runs: group.filter((run) => run.job.data.fold === fold) }));
    return [{ asked: group[0]?.job.data.folds ?? 0, folds }];
  });
}

/** Spread over the folds of each fold's mean over its seeds, or null where a run lacks the figure. */
export function spreadOverFolds(group: FoldGroup, figure: Figure): Spread | null {
  const means = group.folds.flatMap(({ runs }) => spreadOver(runs, figure)?.mean ?? []);
  return means.length === group.folds.length ? spreadOf(means) : null;
}
