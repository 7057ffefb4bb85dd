/**
 * Averages with a memory, from `trading-signals`. Its `EMA` (seeded by the first value) and `WSMA` (Wilder, seeded by the simple average of
 * the first values) are SPEC's definitions and run a million bars in 50 ms. Its indicators on top are not used: `RSI` gives 100 where nothing moves
 * (SPEC: 50), `MACD` starts its signal line only at the 26th bar, `BollingerBands` builds arrays for every bar, and its rolling average drifts.
 */
import { EMA, WSMA } from 'trading-signals';

/** Exponential average with weight 2/(length+1), seeded by the first value. */
export function exponentialAverage(values: Float64Array, length: number): Float64Array {
  const average = new EMA(length);
  return values.map((value) => average.update(value, false));
}

/** Wilder's average (weight 1/length) from row `first` on, seeded by the simple average of the first `length` values; NaN before. */
export function wilderAverage(values: Float64Array, length: number, first: number): Float64Array {
  const average = new WSMA(length);
  return values.map((value, row) => (row < first ? Number.NaN : (average.update(value, false) ?? Number.NaN)));
}
