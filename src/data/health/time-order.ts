/** Puts bars in time order: a file that runs newest first is turned round, evenings under the next day's date keep their place, single rows out of place are sorted in. */
import { type Bars, selectBars } from '../bars.ts';
import type { ChosenActions } from '../mapping.ts';
import type { TableFormat } from '../table-format.ts';
import { findNightSessions } from './night-sessions.ts';
import { outOfPlace } from './out-of-place.ts';
import type { Tally } from './tally.ts';

export interface OrderChoices {
  /** The file's order where a person said it. */
  readonly order?: TableFormat['order'] | undefined;
  readonly actions?: ChosenActions | undefined;
}

/** @returns bars with non-decreasing times; among equal times the earlier line comes first */
export function orderByTime(bars: Bars, tally: Tally, choices: OrderChoices = {}): { bars: Bars; order: TableFormat['order'] } {
  const order = choices.order ?? findOrder(bars.time);
  const forwards = order === 'ascending' ? bars : reverse(bars);
  const nights = findNightSessions(forwards);
  if (!nights) return { bars: sortIn(forwards, tally, order, choices), order };
  for (const row of nights.turns) tally.add('session-stamp', 'keep', forwards.line[row] as number);
  tally.note('session-stamp', choices.actions?.['session-stamp'] ?? 'keep', { moved: nights.moved });
  return { bars: sortIn({ ...forwards, time: nights.time }, tally, order, choices), order };
}

function findOrder(time: Float64Array): TableFormat['order'] {
  let [up, down] = [0, 0];
  for (let i = 1; i < time.length; i++) {
    const step = (time[i] as number) - (time[i - 1] as number);
    if (step > 0) up++;
    else if (step < 0) down++;
  }
  return down > up ? 'descending' : 'ascending';
}

/** Rows from the last to the first. */
function reverse(bars: Bars): Bars {
  const last = bars.time.length - 1;
  return selectBars(
    bars,
    Uint32Array.from({ length: last + 1 }, (_, i) => last - i),
  );
}

function sortIn(bars: Bars, tally: Tally, order: TableFormat['order'], { actions }: OrderChoices): Bars {
  const { time, line } = bars;
  const isSorted = time.every((at, i) => i === 0 || at >= (time[i - 1] as number));
  // Rows with one time stand in the file's order; a file turned round has them backwards.
  if (isSorted && order === 'ascending') return bars;
  const action = actions?.disorder ?? 'sort';
  const marks = isSorted ? new Uint8Array(time.length) : outOfPlace(time);
  marks.forEach((mark, row) => {
    if (mark) tally.add('disorder', action, line[row] as number);
  });
  const all = Uint32Array.from({ length: time.length }, (_, i) => i);
  const rows = action === 'drop' ? all.filter((row) => !marks[row]) : all;
  rows.sort((a, b) => (time[a] as number) - (time[b] as number) || (line[a] as number) - (line[b] as number));
  return selectBars(bars, rows);
}
