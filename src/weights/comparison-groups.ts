/** Which runs may be compared, and which is best: only runs scored on the same rows against the same labels. */
import { bestRecord } from '../training/groups.ts';
import type { RunSummary } from '../training/run.ts';

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
