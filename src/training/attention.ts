/** What a model's attention looks at in one window, as the page sees it. Plain data, page-safe. */

export interface AttentionView {
  readonly runId: string;
  /** Opening times of the window's bars, ms, oldest first. `[time]` */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** The bar that looks, counted from the oldest. */
  readonly bar: number;
  /** It sees bars at most so far away; null sees all of the window. */
  readonly reach: number | null;
  readonly blocks: number;
  readonly heads: number;
  /** `[blocks, heads, time]`; over time each sums to 1. */
  readonly weights: Float32Array;
}

/** The weights of one head. */
export const headWeights = (view: AttentionView, block: number, head: number): Float32Array => {
  const length = view.time.length;
  const first = (block * view.heads + head) * length;
  return view.weights.subarray(first, first + length);
};

/** First and last bar that the looking bar can see. */
export function seenBars({ bar, reach, time }: Pick<AttentionView, 'bar' | 'reach' | 'time'>): readonly [number, number] {
  const last = time.length - 1;
  return reach === null ? [0, last] : [Math.max(0, bar - reach), Math.min(last, bar + reach)];
}

/** Fewest bars that together hold at least `share` of the weight. */
export function barsHolding(weights: Float32Array, share: number): number {
  const sorted = [...weights].sort((a, b) => b - a);
  let sum = 0;
  const index = sorted.findIndex((weight) => {
    sum += weight;
    return sum >= share;
  });
  return index < 0 ? sorted.length : index + 1;
}
