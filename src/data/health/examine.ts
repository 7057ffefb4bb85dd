/** The health report: every check in turn, each with its action, until sound bars in time order are left. Nothing changes silently. */
import { type Bars, selectBars } from '../bars.ts';
import type { FindingAction, FindingCode } from '../finding.ts';
import { findInterval } from '../interval.ts';
import type { ChosenActions } from '../mapping.ts';
import type { TableFormat } from '../table-format.ts';
import { noteGaps } from './gaps.ts';
import { hasNoPrice, isImpossible } from './impossible-bars.ts';
import { findLostDecimals } from './lost-decimals.ts';
import { flatRuns, frozenTail, isDot } from './runs.ts';
import type { Tally } from './tally.ts';
import { orderByTime } from './time-order.ts';

/** Under this many bars no window of ten can be split in three after the warm-up. */
export const fewestBars = 100;
/** Under this many a result means little; the person is told. */
const wantedBars = 1000;
/** From this share on, bars of a single price are the file's nature and not a quiet minute. */
const manyDots = 0.5;

export interface Examined {
  readonly bars: Bars;
  readonly order: TableFormat['order'];
  readonly intervalMs: number;
}

export interface ExamineChoices {
  readonly order?: TableFormat['order'] | undefined;
  readonly actions?: ChosenActions | undefined;
}

/** @param read bars in file order with NaN where the volume is missing; what is found goes to `tally` */
export function examine(read: Bars, tally: Tally, choices: ExamineChoices = {}): Examined {
  const actions = choices.actions ?? {};
  const { bars: ordered, order } = orderByTime(settleVolume(read, tally), tally, choices);
  const moving = dropFrozenTail(dropBadRows(ordered, tally, actions), tally, actions);
  const kept = dropEmptyVolume(dropFlat(moving, tally, actions), tally, actions);
  const intervalMs = findInterval(kept.time);
  if (intervalMs !== 60_000) tally.note('interval', actions.interval ?? 'keep', { seconds: intervalMs / 1000 }, kept.time.length);
  noteGaps(kept, intervalMs, tally, actions.gap ?? 'keep');
  if (kept.time.length < wantedBars)
    tally.note('too-few-bars', actions['too-few-bars'] ?? 'keep', { bars: kept.time.length, needed: wantedBars }, kept.time.length);
  tally.stop(actions);
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
function dropBadRows(bars: Bars, tally: Tally, actions: ChosenActions): Bars {
  const { marks, jumps } = findLostDecimals(bars);
  let lastTime = Number.NaN;
  const kept = keepWhere(bars, (row) => {
    const time = bars.time[row] as number;
    const reason = marks[row] ? 'lost-decimal' : isImpossible(bars, row) ? 'impossible-bar' : time === lastTime ? 'duplicate-time' : null;
    if (reason) tally.add(reason, staysIn(actions, reason) ? 'keep' : 'drop', bars.line[row] as number);
    const isKept = reason === null || (staysIn(actions, reason) && time !== lastTime && !hasNoPrice(bars, row));
    if (isKept) lastTime = time;
    return isKept;
  });
  // Where rows are dropped as well, the finding is theirs and the jumps are a number beside it.
  const isAlone = tally.count('lost-decimal') === 0;
  if (isAlone) for (const row of jumps) tally.add('lost-decimal', 'keep', bars.line[row] as number);
  if (jumps.length > 0) tally.note('lost-decimal', isAlone ? 'keep' : 'drop', { jumps: jumps.length });
  return kept;
}

/** Whether a person chose to leave such rows where they are. */
const staysIn = (actions: ChosenActions, code: FindingCode): boolean => actions[code] === 'keep';

/** A file that does not move at all stays as it is, and the labels will tell that nothing can be learnt. */
function dropFrozenTail(bars: Bars, tally: Tally, actions: ChosenActions): Bars {
  const frozen = frozenTail(bars);
  if (frozen === 0) return bars;
  const first = bars.time.length - frozen;
  const action: FindingAction = first < fewestBars || staysIn(actions, 'frozen-tail') ? 'keep' : 'drop';
  for (let row = first; row < bars.time.length; row++) tally.add('frozen-tail', action, bars.line[row] as number);
  return action === 'keep' ? bars : keepWhere(bars, (row) => row < first);
}

/** Runs that never move, or bars of one price each where most of the file is made of them. */
function dropFlat(bars: Bars, tally: Tally, actions: ChosenActions): Bars {
  const count = bars.time.length;
  const runs = flatRuns(bars);
  const flat = new Uint8Array(count);
  for (const run of runs) flat.fill(1, run.start, run.start + run.length);
  let dots = 0;
  for (let row = 0; row < count; row++) if (isDot(bars, row)) dots++;
  const isClosesOnly = dots > manyDots * count;
  if (isClosesOnly) for (let row = 0; row < count; row++) if (isDot(bars, row)) flat[row] = 1;
  if (!flat.includes(1)) return bars;
  // Dropping all of a file is no choice: what is left must still be a file.
  const action = actions['flat-bars'] === 'drop' && count - dots >= fewestBars ? 'drop' : 'keep';
  for (let row = 0; row < count; row++) if (flat[row]) tally.add('flat-bars', action, bars.line[row] as number);
  const longest = runs.reduce((most, run) => Math.max(most, run.length), 0);
  tally.note('flat-bars', action, { runs: runs.length, longest, ...(isClosesOnly ? { closesOnly: dots / count } : {}) });
  return action === 'drop' ? keepWhere(bars, (row) => !flat[row]) : bars;
}

function dropEmptyVolume(bars: Bars, tally: Tally, actions: ChosenActions): Bars {
  const { volume, line } = bars;
  if (!volume) return bars;
  let empty = 0;
  for (const value of volume) if (value === 0) empty++;
  if (empty === 0) return bars;
  const action = actions['zero-volume'] === 'drop' && volume.length - empty >= fewestBars ? 'drop' : 'keep';
  for (let row = 0; row < volume.length; row++) if (volume[row] === 0) tally.add('zero-volume', action, line[row] as number);
  tally.note('zero-volume', action, { share: empty / volume.length });
  return action === 'drop' ? keepWhere(bars, (row) => volume[row] !== 0) : bars;
}
