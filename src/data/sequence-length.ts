/** The sequence length found from the data (SPEC 1.5): long enough for what the price remembers, short enough for the bars there are. */
import { createRandom, deriveSeed, normal } from '../lib/random.ts';
import type { SequenceLength } from './prepared.ts';

const trend = 120;
const significant = 0.1;
const surrogates = 20;
/** Bars of one surrogate at most: the band hardly narrows beyond, and twenty of a million bars would take ten seconds. */
const surrogateBars = 40_000;
const surrogateSeed = 20_250_106;

const downToTen = (value: number): number => 10 * Math.floor(value / 10);
const upToTen = (value: number): number => 10 * Math.ceil(value / 10);

/** Longest T that `usableBars` allow. */
export const longestSequence = (usableBars: number): number => Math.min(500, downToTen(usableBars / 4));

/** x_t minus the mean of x_{t−119…t}; the first 119 values are dropped and the mean of the rest removed. */
export function detrend(values: Float64Array): Float64Array {
  const count = Math.max(0, values.length - trend + 1);
  const result = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = i; j < i + trend; j++) sum += values[j] as number;
    result[i] = (values[i + trend - 1] as number) - sum / trend;
    total += result[i] as number;
  }
  for (let i = 0; i < count; i++) result[i] = (result[i] as number) - total / count;
  return result;
}

/** Σ x_t·x_{t+k} / Σ x_t² for k = 1…lags (the biased estimator; `values` have mean 0). All zero for a constant series. */
export function autocorrelation(values: Float64Array, lags: number): Float32Array {
  const result = new Float32Array(lags);
  let squares = 0;
  for (const value of values) squares += value * value;
  // Squares of rounding errors alone are no signal.
  if (squares <= 1e-24 * values.length) return result;
  const { length } = values;
  // Four lags a pass: each value is then loaded once for four products.
  for (let lag = 1; lag <= lags; lag += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i + lag < length; i++) {
      const value = values[i] as number;
      a += value * (values[i + lag] as number);
      if (i + lag + 3 < length) {
        b += value * (values[i + lag + 1] as number);
        c += value * (values[i + lag + 2] as number);
        d += value * (values[i + lag + 3] as number);
      } else {
        b += value * (values[i + lag + 1] ?? 0);
        c += value * (values[i + lag + 2] ?? 0);
      }
    }
    for (const [offset, sum] of [a, b, c, d].entries()) if (lag + offset <= lags) result[lag + offset - 1] = sum / squares;
  }
  return result;
}

/** The last lag before the autocorrelation first falls to |r| ≤ 0.1; 0 when the first lag is there already. */
export function lastSignificantLag(correlations: Float32Array): number {
  const first = correlations.findIndex((value) => Math.abs(value) <= significant);
  return first < 0 ? correlations.length : first;
}

interface Band {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** The band depends on two numbers alone, and other settings change far more often: the last one is kept. */
const lastBand = { bars: -1, lags: -1, band: null as Band | null };

/** Lowest and highest autocorrelation of random walks as long as the series: detrending alone makes even these look correlated. */
export function surrogateBand(bars: number, lags: number): Band {
  if (lastBand.band && lastBand.bars === bars && lastBand.lags === lags) return lastBand.band;
  const low = new Float32Array(lags).fill(Number.POSITIVE_INFINITY);
  const high = new Float32Array(lags).fill(Number.NEGATIVE_INFINITY);
  for (let walk = 0; walk < surrogates; walk++) {
    const random = createRandom(deriveSeed(surrogateSeed, 'surrogate', walk));
    const path = new Float64Array(Math.min(bars, surrogateBars));
    for (let i = 1; i < path.length; i++) path[i] = (path[i - 1] as number) + normal(random);
    autocorrelation(detrend(path), lags).forEach((value, lag) => {
      low[lag] = Math.min(low[lag] as number, value);
      high[lag] = Math.max(high[lag] as number, value);
    });
  }
  const band = { low, high };
  Object.assign(lastBand, { bars, lags, band });
  return band;
}

/**
 * The automatic T and what it rests on; `value` is the automatic one until a person or a preset overrides it.
 * @param close closes of the usable bars, @param trainingBars how many of them, from the first, may be looked at
 */
export function findSequenceLength(close: Float64Array, trainingBars: number): SequenceLength {
  const upper = longestSequence(close.length);
  const correlations = autocorrelation(detrend(close.subarray(0, trainingBars).map((price) => Math.log(price))), upper);
  const lag = lastSignificantLag(correlations);
  const lower = upToTen(lag);
  const share = downToTen(0.05 * close.length);
  // Few bars without any memory would give 0; ten is the shortest window the rule knows.
  const automatic = Math.max(10, Math.min(upper, Math.max(lower, share)));
  const band = surrogateBand(trainingBars, upper);
  return {
    value: automatic,
    automatic,
    reason: Math.max(lower, share) > upper ? 'upper' : lower > share ? 'lag' : 'share',
    lastSignificantLag: lag,
    lower,
    upper,
    autocorrelation: correlations,
    surrogateLow: band.low,
    surrogateHigh: band.high,
  };
}
