/** Smoothing of a curve by an exponential moving average without the bias of its start, so that the first point is the first value. */
import type { Point } from './thin.ts';

/**
 * `s ← w·s + (1 − w)·v`, divided by `1 − wⁿ` (the debiasing of Adam's moments: Kingma and Ba 2015, section 3). Points that are not finite
 * are left out.
 * @param weight 0 (the points themselves) up to, not including, 1
 */
export function smooth<P extends Point>(points: readonly P[], weight: number): readonly P[] {
  if (weight <= 0) return points;
  let sum = 0;
  let remaining = 1;
  const smoothed: P[] = [];
  for (const point of points) {
    if (!Number.isFinite(point.value)) continue;
    sum = weight * sum + (1 - weight) * point.value;
    remaining *= weight;
    smoothed.push({ ...point, value: sum / (1 - remaining) });
  }
  return smoothed;
}
