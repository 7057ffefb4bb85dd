/**
 * Which numeric columns are open, high, low and close when no name tells: the high is the largest of four in every row,
 * the low the smallest, and of the other two the open is the one that continues the previous row's close.
 */
import { parseNumber } from './number-cell.ts';

export interface PriceColumns {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
}

const enough = 0.95;

/**
 * @param rows sampled rows in file order, @param taken columns that hold the time, @param newestFirst whether time runs down the file
 * @returns null when no four neighbouring columns behave like prices of one bar; empty columns between them do not count
 */
export function inferPriceColumns(
  rows: readonly (readonly string[])[],
  taken: ReadonlySet<number>,
  decimalComma: boolean,
  newestFirst: boolean,
): PriceColumns | null {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const values = Array.from({ length: width }, (_, column) => rows.map((row) => parseNumber(row[column] ?? '', decimalComma)));
  const numeric = values.map((column, i) => !taken.has(i) && column.filter((value) => !Number.isNaN(value)).length >= rows.length * 0.8);
  const filled = values.flatMap((column, i) => (column.some((value) => !Number.isNaN(value)) || !isEmpty(rows, i) ? [i] : []));
  for (let start = 0; start + 4 <= filled.length; start++) {
    const four = filled.slice(start, start + 4);
    if (!four.every((column) => numeric[column])) continue;
    const prices = assignPrices(four, values, newestFirst);
    if (!prices) continue;
    const after = filled.slice(start + 4);
    const before = filled.slice(0, start);
    return {
      ...prices,
      volume: findVolume(after, numeric, values, prices) ?? findVolume(before.filter(varies(values)), numeric, values, prices),
    };
  }
  return null;
}

const isEmpty = (rows: readonly (readonly string[])[], column: number): boolean => rows.every((row) => (row[column] ?? '') === '');

/** A column before the prices is a volume only where it goes up and down: a running number or an instrument's code does not. */
const varies =
  (values: readonly (readonly number[])[]) =>
  (column: number): boolean => {
    const cells = values[column] as readonly number[];
    let [up, down] = [0, 0];
    for (let row = 1; row < cells.length; row++) {
      if ((cells[row] as number) > (cells[row - 1] as number)) up++;
      else if ((cells[row] as number) < (cells[row - 1] as number)) down++;
    }
    return Math.min(up, down) > 0.1 * cells.length;
  };

type FourPrices = Omit<PriceColumns, 'volume'>;

function assignPrices(four: readonly number[], values: readonly (readonly number[])[], newestFirst: boolean): FourPrices | null {
  const usable = (values[0] as readonly number[])
    .map((_, row) => row)
    .filter((row) => four.every((column) => (at(values, column, row) ?? 0) > 0));
  if (usable.length === 0) return null;
  const extreme = (largest: boolean, column: number) =>
    usable.filter((row) =>
      four.every((other) =>
        largest ? at(values, column, row) >= at(values, other, row) : at(values, column, row) <= at(values, other, row),
      ),
    ).length;
  const best = (largest: boolean, preferred: number, excluded: number) =>
    [preferred, ...four].filter((column) => column !== excluded).reduce((a, b) => (extreme(largest, b) > extreme(largest, a) ? b : a));
  const high = best(true, four[1] as number, -1);
  const low = best(false, four[2] === high ? (four[3] as number) : (four[2] as number), high);
  const close = usable.filter((row) => at(values, high, row) <= 2 * at(values, low, row)).length;
  if (Math.min(extreme(true, high), extreme(false, low), close) < usable.length * enough) return null;
  const [first, second] = four.filter((column) => column !== high && column !== low) as [number, number];
  const swapped = continuity(values, second, first, newestFirst) < 0.9 * continuity(values, first, second, newestFirst);
  return swapped ? { open: second, high, low, close: first } : { open: first, high, low, close: second };
}

const at = (values: readonly (readonly number[])[], column: number, row: number): number =>
  (values[column] as readonly number[])[row] as number;

/** Summed distance from one row's close to the next row's open; "next" in time, whichever way the file runs. */
function continuity(values: readonly (readonly number[])[], open: number, close: number, newestFirst: boolean): number {
  let distance = 0;
  const count = (values[open] as readonly number[]).length;
  for (let row = 1; row < count; row++) {
    const [later, earlier] = newestFirst ? [row - 1, row] : [row, row - 1];
    distance += Math.abs(at(values, open, later) - at(values, close, earlier)) || 0;
  }
  return distance;
}

/** The first numeric one of `columns` that is not itself a price between low and high (a weighted average). */
function findVolume(
  columns: readonly number[],
  numeric: readonly boolean[],
  values: readonly (readonly number[])[],
  prices: FourPrices,
): number | null {
  for (const column of columns) {
    if (!numeric[column]) continue;
    const cells = values[column] as readonly number[];
    const inside = cells.filter(
      (value, row) => value >= at(values, prices.low, row) * 0.999 && value <= at(values, prices.high, row) * 1.001,
    );
    if (inside.length < cells.length * 0.9) return column;
  }
  return null;
}
