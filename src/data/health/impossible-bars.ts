/** Bars that no market makes: a price not above zero, a high below or a low above another price of the bar, a negative volume. */
import type { Bars } from '../bars.ts';

/** Exports in single precision write 187.149994 beside 187.15: a millionth of the price is rounding, not an error. */
const rounding = 1e-6;

export function isImpossible(bars: Bars, row: number): boolean {
  const open = bars.open[row] as number;
  const high = bars.high[row] as number;
  const low = bars.low[row] as number;
  const close = bars.close[row] as number;
  if (hasNoPrice(bars, row)) return true;
  if (bars.volume && (bars.volume[row] as number) < 0) return true;
  const slack = high * rounding;
  return high + slack < Math.max(open, low, close) || low - slack > Math.min(open, close);
}

/** A price that is not above zero has no logarithm: such a bar cannot stay, whatever is chosen. */
export function hasNoPrice({ open, high, low, close }: Bars, row: number): boolean {
  return !((open[row] as number) > 0 && (high[row] as number) > 0 && (low[row] as number) > 0 && (close[row] as number) > 0);
}
