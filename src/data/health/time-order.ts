/** Puts bars in time order: a file that runs newest first is turned round, single rows out of place are sorted in. */
import { type Bars, selectBars } from '../bars.ts';
import type { TableFormat } from '../dataset.ts';
import type { Tally } from './tally.ts';

/** @returns bars with non-decreasing times; among equal times the earlier line comes first */
export function orderByTime(bars: Bars, tally: Tally): { bars: Bars; order: TableFormat['order'] } {
  const { time } = bars;
  const count = time.length;
  let [up, down] = [0, 0];
  for (let i = 1; i < count; i++) {
    const step = (time[i] as number) - (time[i - 1] as number);
    if (step > 0) up++;
    else if (step < 0) down++;
  }
  const order = down > up ? 'descending' : 'ascending';
  const sign = order === 'ascending' ? 1 : -1;
  let furthest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const place = sign * (time[i] as number);
    if (place < furthest) tally.add('disorder', 'sort', bars.line[i] as number);
    else furthest = place;
  }
  if (order === 'ascending' && down === 0) return { bars, order };
  const rows = Uint32Array.from({ length: count }, (_, i) => i);
  rows.sort((a, b) => (time[a] as number) - (time[b] as number) || a - b);
  return { bars: selectBars(bars, rows), order };
}
