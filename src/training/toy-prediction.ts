/** A small prediction for tests of what reads predictions. */
import type { Prediction } from './prediction.ts';

/**
 * One row a price, opens equal to closes of the bar before.
 * @param predicted class of each row, stated with probability 0.6
 */
export function toyPrediction(prices: readonly number[], predicted: readonly number[], changes: Partial<Prediction> = {}): Prediction {
  const close = Float64Array.from(prices);
  const open = Float64Array.from(prices, (price, row) => prices[row - 1] ?? price);
  const actualReturns = close.map((price, row) => Math.log((close[row + 1] ?? Number.NaN) / price));
  return {
    runId: 'run-1',
    datasetId: 'file-1',
    datasetName: 'bars.csv',
    intervalSeconds: 60,
    horizon: 1,
    seenUntil: 0,
    time: Float64Array.from(prices, (_, row) => (row + 1) * 60_000),
    open,
    high: close.map((price, row) => Math.max(price, open[row] as number)),
    low: close.map((price, row) => Math.min(price, open[row] as number)),
    close,
    probabilities: Float32Array.from(predicted.flatMap((own) => [0, 1, 2].map((c) => (c === own ? 0.6 : 0.2)))),
    returns: new Float32Array(prices.length),
    classes: Int8Array.from(actualReturns, (change) => (Number.isNaN(change) ? -1 : change > 0 ? 2 : change < 0 ? 0 : 1)),
    actualReturns,
    score: null,
    router: null,
    ...changes,
  };
}
