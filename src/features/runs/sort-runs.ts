/** The columns of the comparison, and its rows in the order of one of them. */
import type { RunSummary } from '../../training/run.ts';
import { runScores } from './run-scores.ts';

export const columns = [
  'model',
  'validationAccuracy',
  'testAccuracy',
  'balancedAccuracy',
  'macroF1',
  'mae',
  'ic',
  'epochs',
  'validationLoss',
  'parameters',
  'time',
] as const;
export type Column = (typeof columns)[number];

export interface Sorting {
  readonly column: Column;
  readonly descending: boolean;
}

/** Scores of which more is better begin with the highest. */
const highestFirst: readonly Column[] = ['validationAccuracy', 'testAccuracy', 'balancedAccuracy', 'macroF1', 'ic'];

/** The better end first, then the other, then as the runs were started. */
export function nextSorting(now: Sorting | null, column: Column): Sorting | null {
  const descending = highestFirst.includes(column);
  if (now?.column !== column) return { column, descending };
  return now.descending === descending ? { column, descending: !descending } : null;
}

function cellOf(run: RunSummary, column: Column): number | string | undefined {
  const scores = runScores(run);
  switch (column) {
    case 'model':
      return run.name || run.job.model;
    case 'testAccuracy':
      return scores.testAccuracy?.value;
    case 'ic':
      return scores.informationCoefficient;
    case 'epochs':
      return run.epochs.length;
    case 'parameters':
      return run.parameters.total;
    case 'time':
      return run.elapsedMs;
    default:
      return scores[column];
  }
}

/** Runs without the value come last, either way. */
export function sortRuns(runs: readonly RunSummary[], { column, descending }: Sorting): RunSummary[] {
  const sign = descending ? -1 : 1;
  return [...runs].sort((a, b) => {
    const [left, right] = [cellOf(a, column), cellOf(b, column)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return sign * (typeof left === 'string' ? left.localeCompare(String(right)) : left - Number(right));
  });
}
