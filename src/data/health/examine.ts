/** The health report: every check in turn, each with its action, until sound bars in time order are left. Nothing changes silently. */
import { type Bars, selectBars } from '../bars.ts';
import type { TableFormat } from '../dataset.ts';
import { findInterval, sessionGapIntervals } from '../interval.ts';
import { isImpossible } from './impossible-bars.ts';
import { findLostDecimals } from './lost-decimals.ts';
import { flatRuns, frozenTail } from './runs.ts';
import type { Tally } from './tally.ts';
import { orderByTime } from './time-order.ts';

/** Under this many bars no window of ten can be split in three after the warm-up. */
export const fewestBars = 100;
/** Under this many a result means little; the person is told. */
const wantedBars = 1000;

export interface Examined {
  readonly bars: Bars;
  readonly order: TableFormat['order'];
  readonly intervalMs: number;
}

/** @param read bars in file order with NaN where the volume is missing; what is found goes to `tally` */
export function examine(read: Bars, tally: Tally): Examined {
  const { bars: ordered, order } = orderByTime(settleVolume(read, tally), tally);
  const kept = dropFrozenTail(dropBadRows(ordered, tally), tally);
  const intervalMs = findInterval(kept.time);
  if (intervalMs !== 60_000) tally.note('interval', 'keep', { seconds: intervalMs / 1000 }, kept.time.length);
  noteGaps(kept, intervalMs, tally);
  noteFlatRuns(kept, tally);
  noteZeroVolume(kept, tally);
  if (kept.time.length < wantedBars) tally.note('too-few-bars', 'keep', { bars: kept.time.length, needed: wantedBars }, kept.time.length);
  return { bars: kept, order, intervalMs };
}

/** A volume that is mostly missing is no volume; single missing ones cost their row. */
function settleVolume(bars: Bars, tally: Tally): Bars {
  const { volume } = bars;
  if (!volume) return bars;
  let missing = 0;
  for (const value of volume) if (Number.isNaN(value)) missing++;
  if (missing === 0) return bars;
  if (missing > volume.length / 2) {
    tally.note('missing-cell', tally.count('missing-cell') > 0 ? 'drop' : 'keep', { column: 'volume', volumeIgnored: missing });
    if (tally.count('missing-cell') === 0) tally.note('missing-cell', 'keep', {}, missing);
    return { ...bars, volume: null };
  }
  return keepWhere(bars, (row) => {
    if (!Number.isNaN(volume[row] as number)) return true;
    tally.add('missing-cell', 'drop', bars.line[row] as number);
    return false;
  });
}

function keepWhere(bars: Bars, isKept: (row: number) => boolean): Bars {
  const rows = new Uint32Array(bars.time.length);
  let count = 0;
  for (let row = 0; row < rows.length; row++) if (isKept(row)) rows[count++] = row;
  return count === rows.length ? bars : selectBars(bars, rows.subarray(0, count));
}

/** Lost decimals first: they often look impossible as well. Duplicates last: a broken bar must not displace its sound twin. */
function dropBadRows(bars: Bars, tally: Tally): Bars {
  const { marks, jumps } = findLostDecimals(bars);
  let lastTime = Number.NaN;
  const kept = keepWhere(bars, (row) => {
    const time = bars.time[row] as number;
    const reason = marks[row] ? 'lost-decimal' : isImpossible(bars, row) ? 'impossible-bar' : time === lastTime ? 'duplicate-time' : null;
    if (reason) tally.add(reason, 'drop', bars.line[row] as number);
    else lastTime = time;
    return reason === null;
  });
  // Where rows are dropped as well, the finding is theirs and the jumps are a number beside it.
  const isAlone = tally.count('lost-decimal') === 0;
  if (isAlone) for (const row of jumps) tally.add('lost-decimal', 'keep', bars.line[row] as number);
  if (jumps.length > 0) tally.note('lost-decimal', isAlone ? 'keep' : 'drop', { jumps: jumps.length });
  return kept;
}

/** A tail longer than what comes before it is the file itself: it stays, and the labels will tell that nothing can be learnt. */
function dropFrozenTail(bars: Bars, tally: Tally): Bars {
  const frozen = frozenTail(bars);
  if (frozen === 0) return bars;
  const first = bars.time.length - frozen;
  const action = frozen > first ? 'keep' : 'drop';
  for (let row = first; row < bars.time.length; row++) tally.add('frozen-tail', action, bars.line[row] as number);
  return action === 'keep' ? bars : keepWhere(bars, (row) => row < first);
}

function noteGaps({ time, line }: Bars, intervalMs: number, tally: Tally): void {
  let [longestMs, longestLine, missingBars, sessions] = [0, 0, 0, 0];
  for (let row = 1; row < time.length; row++) {
    const step = (time[row] as number) - (time[row - 1] as number);
    if (step <= 1.5 * intervalMs) continue;
    tally.add('gap', 'keep', line[row] as number);
    missingBars += Math.round(step / intervalMs) - 1;
    if (step > sessionGapIntervals * intervalMs) sessions++;
    if (step > longestMs) [longestMs, longestLine] = [step, line[row] as number];
  }
  if (longestMs === 0) return;
  const intervals = Math.round(longestMs / intervalMs);
  tally.note('gap', 'keep', { longestMs, longestLine, intervals, missingBars, sessions, sessionGapIntervals });
}

function noteFlatRuns(bars: Bars, tally: Tally): void {
  const runs = flatRuns(bars);
  if (runs.length === 0) return;
  for (const run of runs) for (let i = 0; i < run.length; i++) tally.add('flat-bars', 'keep', bars.line[run.start + i] as number);
  tally.note('flat-bars', 'keep', { runs: runs.length, longest: runs.reduce((longest, run) => Math.max(longest, run.length), 0) });
}

function noteZeroVolume({ volume, line }: Bars, tally: Tally): void {
  if (!volume) return;
  for (let row = 0; row < volume.length; row++) if (volume[row] === 0) tally.add('zero-volume', 'keep', line[row] as number);
}
