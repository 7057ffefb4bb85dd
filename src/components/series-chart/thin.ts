/** Thinning of a curve before it is drawn: fewer points, the same silhouette. */

/** One point of a curve. `at` is the fractional epoch, ascending. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/**
 * At most `limit` points (4 or more) with the first, the last and, of each stretch between them, the lowest and the highest kept in
 * their order, so that a spike never disappears. Points that are not finite are left out.
 */
export function thin(points: readonly Point[], limit = 600): readonly Point[] {
  const finite = points.every((point) => Number.isFinite(point.value)) ? points : points.filter((point) => Number.isFinite(point.value));
  if (finite.length <= limit) return finite;
  const inner = finite.length - 2;
  const buckets = Math.max(1, Math.floor((limit - 2) / 2));
  const kept: Point[] = [finite[0] as Point];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = 1 + Math.floor((bucket * inner) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inner) / buckets);
    let low = from;
    let high = from;
    for (let index = from + 1; index < to; index++) {
      const value = (finite[index] as Point).value;
      if (value < (finite[low] as Point).value) low = index;
      if (value > (finite[high] as Point).value) high = index;
    }
    kept.push(finite[Math.min(low, high)] as Point);
    if (low !== high) kept.push(finite[Math.max(low, high)] as Point);
  }
  kept.push(finite[finite.length - 1] as Point);
  return kept;
}
