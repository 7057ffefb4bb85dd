/** Windows and their split by time (SPEC 1.6). A window is the row of its last bar; it belongs to the part that row falls in. */
import { type Part, parts } from './prepared.ts';

export interface WindowRules {
  readonly sequenceLength: number;
  readonly horizon: number;
  /** Keeps the newest windows before the split; 0 keeps all. */
  readonly maxWindows: number;
}

export interface Candidates {
  /** Rows of the windows' last bars, ascending. */
  readonly rows: Int32Array;
  /** N − T − h + 1. */
  readonly possible: number;
  readonly acrossGap: number;
  readonly withoutFuture: number;
  readonly older: number;
}

/**
 * Every window that has all its bars and a future.
 * @param returns NaN where the future is missing
 * @param gaps number of long gaps up to each row when windows across them are dropped, else null
 */
export function findWindows(returns: Float64Array, gaps: Uint32Array | null, rules: WindowRules): Candidates {
  const { sequenceLength, horizon, maxWindows } = rules;
  const possible = Math.max(0, returns.length - sequenceLength - horizon + 1);
  const rows = new Int32Array(possible);
  let [count, acrossGap, withoutFuture] = [0, 0, 0];
  for (let row = sequenceLength - 1; row < sequenceLength - 1 + possible; row++) {
    if (Number.isNaN(returns[row] as number)) withoutFuture++;
    else if (gaps && gaps[row] !== gaps[row - sequenceLength + 1]) acrossGap++;
    else rows[count++] = row;
  }
  const older = maxWindows > 0 ? Math.max(0, count - maxWindows) : 0;
  return { rows: rows.slice(older, count), possible, acrossGap, withoutFuture, older };
}

export type PartWindows = Readonly<Record<Part, Int32Array>>;

/**
 * Cuts ascending rows at two positions; before each cut, windows whose label (or embargo) reaches the next part are left out.
 * @param spacing bars purged between parts: horizon + embargo
 */
export function cutWindows(
  rows: Int32Array,
  validationStart: number,
  testStart: number,
  spacing: number,
): { windows: PartWindows; purged: number } {
  const train = purge(rows.subarray(0, validationStart), rows[validationStart], spacing);
  const validation = purge(rows.subarray(validationStart, testStart), rows[testStart], spacing);
  const test = rows.slice(testStart);
  return { windows: { train, validation, test }, purged: rows.length - train.length - validation.length - test.length };
}

/** Keeps rows with row + spacing < next: the label of the last one ends before the first bar that the next part predicts from. */
function purge(rows: Int32Array, next: number | undefined, spacing: number): Int32Array {
  let count = rows.length;
  while (next !== undefined && count > 0 && (rows[count - 1] as number) + spacing >= next) count--;
  return rows.slice(0, count);
}

export interface SplitRules {
  readonly horizon: number;
  readonly embargo: number;
  readonly trainShare: number;
  readonly validationShare: number;
}

/** Rows of a share of the windows; the tiny addend undoes binary fractions (0.7·10). */
const shareOf = (count: number, share: number): number => Math.min(count, Math.floor(count * share + 1e-9));

/** Training, validation and test in time order; the test part takes the rest. */
export function splitWindows(rows: Int32Array, rules: SplitRules): { windows: PartWindows; purged: number } {
  const validationStart = shareOf(rows.length, rules.trainShare);
  const testStart = validationStart + shareOf(rows.length, Math.min(rules.validationShare, 1 - rules.trainShare));
  return cutWindows(rows, validationStart, testStart, rules.horizon + rules.embargo);
}

export interface FoldRules extends Pick<SplitRules, 'horizon' | 'embargo'> {
  readonly folds: number;
  /** `expanding` trains on everything before; `sliding` on a stretch of constant length. */
  readonly mode: 'expanding' | 'sliding';
}

/**
 * Walk-forward folds: the rows are cut into `folds` + 2 equal blocks; fold k tests on block k + 2, validates on the one before,
 * and trains on all earlier ones (expanding) or on the one before that (sliding).
 */
export function foldWindows(rows: Int32Array, rules: FoldRules): PartWindows[] {
  const blocks = rules.folds + 2;
  const border = (block: number): number => Math.round((rows.length * block) / blocks);
  return Array.from({ length: rules.folds }, (_, fold) => {
    const first = rules.mode === 'sliding' ? border(fold) : 0;
    const used = rows.subarray(first, border(fold + 3));
    return cutWindows(used, border(fold + 1) - first, border(fold + 2) - first, rules.horizon + rules.embargo).windows;
  });
}

/** The first part without windows, or null. */
export const emptyPart = (windows: PartWindows): Part | null => parts.find((part) => windows[part].length === 0) ?? null;
