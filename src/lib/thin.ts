/** Thinning of a curve: fewer points, the same silhouette. The store keeps no more than it needs, a chart draws no more than can be seen. */

/** One point of a curve. `at` is the fractional epoch, ascending. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/**
 * At most `limit` points (4 or more): the first, the last and, of each equally wide stretch between them, the lowest and the
 * highest in their order, so that a spike never disappears and the whole curve is equally fine. Points ascend in `at`; those that
 * are not finite are left out.
 */
export function thin<P extends Point>(points: readonly P[], limit: number): readonly P[] {
  const finite = points.every((point) => Number.isFinite(point.value)) ? points : points.filter((point) => Number.isFinite(point.value));
  const first = finite[0];
  const last = finite.at(-1);
  if (finite.length <= limit || !first || !last) return finite;
  const stretches = Math.max(1, Math.floor((limit - 2) / 2));
  const width = (last.at - first.at) / stretches || 1;
  const kept: P[] = [first];
  let stretch = 0;
  let low: P | null = null;
  let high: P | null = null;
  const close = () => {
    if (!low || !high) return;
    if (low === high) kept.push(low);
    else kept.push(...(low.at <= high.at ? [low, high] : [high, low]));
    low = null;
    high = null;
  };
  for (const point of finite.slice(1, -1)) {
    const index = Math.min(stretches - 1, Math.floor((point.at - first.at) / width));
    if (index !== stretch) close();
    stretch = index;
    if (!low || point.value < low.value) low = point;
    if (!high || point.value > high.value) high = point;
  }
  close();
  kept.push(last);
  return kept;
}
