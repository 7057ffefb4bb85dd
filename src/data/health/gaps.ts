/** Gaps in time: how many, how many bars they miss, and the longest. Daily bars do not miss the weekends on which their market never trades. */
import type { Bars } from '../bars.ts';
import type { FindingAction } from '../finding.ts';
import { sessionGapIntervals } from '../interval.ts';
import type { Tally } from './tally.ts';

const dayMs = 86_400_000;

/** 0 for Sunday … 6 for Saturday. */
const weekday = (time: number): number => (4 + Math.floor(time / dayMs)) % 7;
const isWeekend = (time: number): boolean => weekday(time) === 0 || weekday(time) === 6;

export function noteGaps({ time, line }: Bars, intervalMs: number, tally: Tally, action: FindingAction): void {
  const skipsWeekends = intervalMs === dayMs && !time.some(isWeekend);
  let [longestMs, longestLine, missingBars, sessions] = [0, 0, 0, 0];
  for (let row = 1; row < time.length; row++) {
    const step = (time[row] as number) - (time[row - 1] as number);
    if (step <= 1.5 * intervalMs) continue;
    const missing = Math.round(step / intervalMs) - 1 - (skipsWeekends ? weekendDays(time[row - 1] as number, time[row] as number) : 0);
    if (missing <= 0) continue;
    tally.add('gap', action, line[row] as number);
    missingBars += missing;
    if (step > sessionGapIntervals * intervalMs) sessions++;
    if (step > longestMs) [longestMs, longestLine] = [step, line[row] as number];
  }
  if (longestMs === 0) return;
  const intervals = Math.round(longestMs / intervalMs);
  tally.note('gap', action, { longestMs, longestLine, intervals, missingBars, sessions, sessionGapIntervals });
}

/** Saturdays and Sundays between two days, both left out. */
function weekendDays(from: number, to: number): number {
  let count = 0;
  for (let day = from + dayMs; day < to; day += dayMs) if (isWeekend(day)) count++;
  return count;
}
