/** How sure an accuracy is: a circular block bootstrap, which keeps neighbouring rows together because their labels overlap. */
import { createRandom } from '../lib/random.ts';
import type { Score } from './run.ts';

const lowQuantile = 0.025;
const highQuantile = 0.975;

/** Rows in one block: at least the horizon, over which labels overlap, and the usual n^(1/3). */
export function blockLengthFor(count: number, horizon: number): number {
  return Math.max(1, horizon, Math.ceil(Math.cbrt(count)));
}

/** Quantile of sorted values by linear interpolation. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (place - below);
}

/** Running sums over the rows written twice in a row, so that a block that wraps around is one difference. `[2n + 1]` */
function doubledSums(hits: Uint8Array): Float64Array {
  const sums = new Float64Array(2 * hits.length + 1);
  for (let i = 0; i < 2 * hits.length; i++) sums[i + 1] = (sums[i] as number) + (hits[i % hits.length] as number);
  return sums;
}

/**
 * Share of hits with its 95 % percentile interval (Politis and Romano 1992, circular blocks). With less than two whole
 * blocks nothing can be said of the spread: the interval is then 0 to 1.
 * @param hits 1 where the prediction was right, in time order. `[n]`
 */
export function bootstrapInterval(hits: Uint8Array, blockLength: number, seed: number, resamples = 1000): Score {
  const count = hits.length;
  if (count === 0) return { value: 0, low: 0, high: 1 };
  const sums = doubledSums(hits);
  const value = (sums[count] as number) / count;
  if (count < 2 * blockLength) return { value, low: 0, high: 1 };
  const random = createRandom(seed);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let total = 0;
    for (let drawn = 0; drawn < count; drawn += blockLength) {
      const start = Math.floor(random() * count);
      const end = start + Math.min(blockLength, count - drawn);
      total += (sums[end] as number) - (sums[start] as number);
    }
    means[resample] = total / count;
  }
  means.sort();
  return { value, low: quantile(means, lowQuantile), high: quantile(means, highQuantile) };
}
