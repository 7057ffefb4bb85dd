/**
 * Prices that lost their decimal point (`1057` for `1.05700`). Each price is compared with the last sound close: one that is off
 * by about a power of ten is a slip of the writer. When every price stays at the new level the market (or a split) moved, and nothing is flagged.
 */
import type { Bars } from '../bars.ts';

/** Consecutive rows at a new level after which it counts as real. */
const realAfter = 30;
/** |log10| distance to a whole power of ten: a factor of 0.79 to 1.26, far more than a price moves between neighbours. */
const tolerance = 0.1;

/** A price within this factor of the reference is no suspect. */
const nearest = 0.2;
const none = [0, 0, 0, 0];

/** Power of ten by which `price` is off from `reference`; 0 when it is not, or not by a whole one. */
export function decimalShift(price: number, reference: number): number {
  if (price * nearest < reference && price > nearest * reference) return 0;
  const shift = Math.log10(price / reference);
  const whole = Math.round(shift);
  return Math.abs(shift - whole) <= tolerance ? whole : 0;
}

export interface LostDecimals {
  /** 1 for rows in which at least one price lost its decimal point. `[rows]` */
  readonly marks: Uint8Array;
  /** Rows at which all prices moved by a power of ten and stayed there: kept, and told. */
  readonly jumps: readonly number[];
}

/** Prices that are not positive are no evidence either way. */
export function findLostDecimals(bars: Bars): LostDecimals {
  const { open, high, low, close } = bars;
  const count = close.length;
  const marks = new Uint8Array(count);
  let reference = startingPrice(bars);
  const jumps: number[] = [];
  let movedRun = 0;
  for (let i = 0; i < count; i++) {
    const lowest = Math.min(open[i] as number, high[i] as number, low[i] as number, close[i] as number);
    const highest = Math.max(open[i] as number, high[i] as number, low[i] as number, close[i] as number);
    if (!(lowest > 0)) continue;
    // Nearly every row ends here; only the rest is worth an array.
    const isNear = lowest > nearest * reference && highest * nearest < reference;
    const shifts = isNear ? none : [open, high, low, close].map((column) => decimalShift(column[i] as number, reference));
    if (shifts.every((shift) => shift === 0)) {
      movedRun = 0;
      reference = close[i] as number;
      continue;
    }
    marks[i] = 1;
    movedRun = shifts.every((shift) => shift === shifts[0]) ? movedRun + 1 : 0;
    if (movedRun === realAfter) {
      marks.fill(0, i - realAfter + 1, i + 1);
      jumps.push(i - realAfter + 1);
      reference = close[i] as number;
      movedRun = 0;
    }
  }
  return { marks, jumps };
}

/** Median of the first hundred bars' prices: the first bar itself may be the broken one. */
function startingPrice({ open, high, low, close }: Bars): number {
  const prices = [open, high, low, close].flatMap((column) => [...column.subarray(0, 100)]).filter((price) => price > 0);
  prices.sort((a, b) => a - b);
  return prices[Math.floor(prices.length / 2)] ?? 1;
}
