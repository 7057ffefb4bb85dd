/** Precision, recall and F1 of each class, from a confusion matrix. */
import type { Confusion } from '../../training/run.ts';

export interface ClassScore {
  /** null where nothing was predicted as this class. */
  readonly precision: number | null;
  /** null where nothing was of this class. */
  readonly recall: number | null;
  /** null where neither happened. */
  readonly f1: number | null;
  /** Windows that were of this class. */
  readonly support: number;
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Of down, flat, up. Rows of the matrix are actual classes, columns predicted ones. */
export function classScores(confusion: Confusion): ClassScore[] {
  const at = (row: number, column: number): number => confusion[row * 3 + column] ?? 0;
  const sum = (of: (index: number) => number): number => [0, 1, 2].reduce((total, index) => total + of(index), 0);
  return [0, 1, 2].map((c) => {
    const actual = sum((column) => at(c, column));
    const predicted = sum((row) => at(row, c));
    return {
      precision: ratio(at(c, c), predicted),
      recall: ratio(at(c, c), actual),
      f1: ratio(2 * at(c, c), actual + predicted),
      support: actual,
    };
  });
}

/** Entropy of the experts' load as a share of that of an even load: 1 is even, 0 is one expert alone. */
export function loadEntropy(load: readonly number[]): number {
  const total = load.reduce((sum, share) => sum + share, 0);
  if (total <= 0 || load.length < 2) return 0;
  const entropy = load.reduce((sum, share) => (share > 0 ? sum - (share / total) * Math.log(share / total) : sum), 0);
  return entropy / Math.log(load.length);
}
