/** Counts of values in bins of equal width; the few values far out are counted beside it instead of flattening the rest. */
import { quantile } from './labels.ts';
import type { Histogram } from './survey.ts';

/** @param range both ends; found from the values' 0.5 % and 99.5 % quantiles where it is left out */
export function histogramOf(values: Float64Array, bins: number, range?: readonly [number, number]): Histogram {
  const [from, to] = range ?? usualRange(values);
  const counts = new Array<number>(bins).fill(0);
  let [below, above] = [0, 0];
  for (const value of values) {
    if (value < from) below++;
    else if (value > to) above++;
    else {
      const bin = Math.min(bins - 1, Math.floor(((value - from) / (to - from)) * bins));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return { from, to, counts, below, above };
}

/** A constant series gets a range of its own, so that its one bar has a width. */
function usualRange(values: Float64Array): [number, number] {
  const sorted = values.slice().sort();
  const [low, high] = sorted.length > 0 ? [quantile(sorted, 0.005), quantile(sorted, 0.995)] : [0, 0];
  return high > low ? [low, high] : [low - (Math.abs(low) || 1) * 1e-3, high + (Math.abs(high) || 1) * 1e-3];
}
