/** The bar interval of a series and the steps that are longer than it. */

/** The most frequent positive step between neighbours, ms; 60,000 when there is none. */
export function findInterval(time: Float64Array): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < time.length; i++) {
    const step = (time[i] as number) - (time[i - 1] as number);
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let [best, most] = [60_000, 0];
  for (const [step, count] of counts) if (count > most || (count === most && step < best)) [best, most] = [step, count];
  return best;
}

/** A step of more intervals than this closes one session and opens another (SPEC 1.4). */
export const sessionGapIntervals = 30;

/** For every row the number of steps longer than `intervals`·`intervalMs` up to and including the one that ends at it. */
export function countGaps(time: Float64Array, intervalMs: number, intervals: number): Uint32Array {
  const counts = new Uint32Array(time.length);
  for (let i = 1; i < time.length; i++) {
    const isGap = (time[i] as number) - (time[i - 1] as number) > intervals * intervalMs;
    counts[i] = (counts[i - 1] as number) + (isGap ? 1 : 0);
  }
  return counts;
}
