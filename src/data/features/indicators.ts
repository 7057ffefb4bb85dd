/** The features that need more than a line (SPEC 1.3): each from bars up to and including its own row, NaN while it warms up. */
import type { Bars } from '../bars.ts';
import { rollingDeviation, simpleAverage } from './rolling.ts';
import { exponentialAverage, wilderAverage } from './smoothing.ts';

/** ln(C_t / C_{t−1}); NaN at the first bar. */
export function logReturns({ close }: Bars): Float64Array {
  return close.map((price, row) => (row === 0 ? Number.NaN : Math.log(price / (close[row - 1] as number))));
}

/** C / SMA_length(C) − 1. */
export function averageRatio({ close }: Bars, length: number): Float64Array {
  const average = simpleAverage(close, length);
  return close.map((price, row) => price / (average[row] as number) - 1);
}

/** ln((V+1) / (SMA20(V)+1)); 0 without a volume column. */
export function volumeRatio({ close, volume }: Bars): Float64Array {
  if (!volume) return new Float64Array(close.length);
  const average = simpleAverage(volume, 20);
  return volume.map((traded, row) => Math.log((traded + 1) / ((average[row] as number) + 1)));
}

/** RSI/100 − 0.5 with Wilder averages over 14 bars; 0 (RSI 50) where nothing moved. */
export function rsi({ close }: Bars): Float64Array {
  const change = close.map((price, row) => (row === 0 ? 0 : price - (close[row - 1] as number)));
  const gains = wilderAverage(
    change.map((step) => Math.max(step, 0)),
    14,
    1,
  );
  const losses = wilderAverage(
    change.map((step) => Math.max(-step, 0)),
    14,
    1,
  );
  return gains.map((gain, row) => {
    const total = gain + (losses[row] as number);
    return total === 0 ? 0 : gain / total - 0.5;
  });
}

/** (MACD line − signal line) / C with EMAs over 12, 26 and 9 bars, each seeded by its first value. */
export function macdHistogram({ close }: Bars): Float64Array {
  const slow = exponentialAverage(close, 26);
  const line = exponentialAverage(close, 12).map((fast, row) => fast - (slow[row] as number));
  const signal = exponentialAverage(line, 9);
  return line.map((value, row) => (value - (signal[row] as number)) / (close[row] as number));
}

/** A band narrower than this share of the price is the rounding of equal prices. */
const noWidth = 1e-12;

/** %B − 0.5 = (C − SMA20) / (4·σ20); 0 where the band has no width. */
export function bollingerB({ close }: Bars): Float64Array {
  const average = simpleAverage(close, 20);
  const deviation = rollingDeviation(close, 20);
  return close.map((price, row) => {
    const sigma = deviation[row] as number;
    return sigma <= noWidth * price ? 0 : (price - (average[row] as number)) / (4 * sigma);
  });
}

/** Wilder's average true range over 14 bars, divided by C. The first bar has no close before it: its range is H − L. */
export function averageTrueRange({ high, low, close }: Bars): Float64Array {
  const trueRange = close.map((_, row) => {
    const before = row === 0 ? (close[0] as number) : (close[row - 1] as number);
    const [top, bottom] = [high[row] as number, low[row] as number];
    return row === 0 ? top - bottom : Math.max(top - bottom, Math.abs(top - before), Math.abs(bottom - before));
  });
  const average = wilderAverage(trueRange, 14, 0);
  return close.map((price, row) => (average[row] as number) / price);
}

/** Population standard deviation of logReturn over 20 bars. */
export const volatility = (bars: Bars): Float64Array => rollingDeviation(logReturns(bars), 20);

/** Angle of the minute of the day (UTC as written), once round in 24 hours. */
export const minuteAngle = ({ time }: Bars): Float64Array =>
  time.map((at) => (2 * Math.PI * Math.floor((((at % 86_400_000) + 86_400_000) % 86_400_000) / 60_000)) / 1440);
