/**
 * Night sessions stamped with the trading date: the evening before a trading day carries that day's date, so that time runs
 * backwards once a day although the file is in order. Sorting would put each evening after its own day.
 */
import type { Bars } from '../bars.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** No evening session opens earlier. */
const eveningMs = 17 * hourMs;
const leastBackMs = 2 * hourMs;

export interface NightSessions {
  /** Times with every such evening one day earlier, so that they run forwards. `[rows]` */
  readonly time: Float64Array;
  /** Rows at which time ran backwards, one a session. */
  readonly turns: readonly number[];
  /** Rows of those evenings. */
  readonly moved: number;
}

/** @returns null where time never runs backwards in this way, or where most of its backward steps are of another kind */
export function findNightSessions({ time }: Bars): NightSessions | null {
  const turns: number[] = [];
  let backwards = 0;
  for (let row = 1; row < time.length; row++) {
    const step = (time[row] as number) - (time[row - 1] as number);
    if (step >= 0) continue;
    backwards++;
    if (isTurn(time, row, step)) turns.push(row);
  }
  if (turns.length === 0 || turns.length < 0.5 * backwards) return null;
  const moved = time.slice();
  let count = 0;
  // In such a file every evening that opens a written date belongs to the day before, also the last one, whose day is still to come.
  for (let row = 0; row < time.length; row++) {
    const opensDate = row === 0 || dayOf(time[row - 1] as number) < dayOf(time[row] as number);
    if (!opensDate) continue;
    const day = dayOf(time[row] as number);
    for (let at = row; at < time.length && dayOf(time[at] as number) === day && isEvening(time[at] as number); at++) {
      moved[at] = (time[at] as number) - dayMs;
      count++;
    }
  }
  return { time: moved, turns, moved: count };
}

const dayOf = (time: number): number => Math.floor(time / dayMs);
const isEvening = (time: number): boolean => time - dayOf(time) * dayMs >= eveningMs;

/** From an evening back to a morning of the same written date, where the evening itself began that date. */
function isTurn(time: Float64Array, row: number, step: number): boolean {
  const [before, at] = [time[row - 1] as number, time[row] as number];
  if (step > -leastBackMs || dayOf(before) !== dayOf(at) || !isEvening(before)) return false;
  let first = row - 1;
  while (first > 0 && dayOf(time[first - 1] as number) === dayOf(at) && isEvening(time[first - 1] as number)) first--;
  return first === 0 || dayOf(time[first - 1] as number) < dayOf(at);
}
