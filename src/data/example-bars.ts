/** The raw bars behind a run's example windows, as tensors: whoever has them can compute features and answers anew and compare. */
import { splitFloats } from '../lib/float-pair.ts';
import { type Bars, barsFrom } from './bars.ts';
import { warmUpBars } from './features/table.ts';

/** Columns of `example.bars`; without a volume column the last is missing. */
export const barColumns = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Bars before the first window beyond the warm-up, after which an average with a memory has forgotten where it began: (25/27)^600 < 1e-19. */
const settleBars = 600;

/**
 * `example.bars` and `example.barsLow` `[n, 5 or 6]` (a double as two floats), and `example.barRow` `[windows]`: each window's last bar among them.
 * @param rows last rows of the example windows, among the usable rows
 */
export function exampleBars(bars: Bars, rows: Int32Array, sequenceLength: number): { name: string; shape: number[]; data: Float32Array }[] {
  const [first, last] = [rows[0], rows[rows.length - 1]];
  if (first === undefined || last === undefined) return [];
  const from = Math.max(0, first + warmUpBars - sequenceLength + 1 - warmUpBars - settleBars);
  const kept = barsFrom(bars, from);
  const count = last + warmUpBars + 1 - from;
  const columns = barColumns.flatMap((name) => kept[name] ?? []);
  const table = new Float64Array(count * columns.length);
  columns.forEach((column, c) => {
    for (let row = 0; row < count; row++) table[row * columns.length + c] = column[row] as number;
  });
  const { high, low } = splitFloats(table);
  const shape = [count, columns.length];
  return [
    { name: 'example.bars', shape, data: high },
    { name: 'example.barsLow', shape, data: low },
    { name: 'example.barRow', shape: [rows.length], data: Float32Array.from(rows, (row) => row + warmUpBars - from) },
  ];
}
