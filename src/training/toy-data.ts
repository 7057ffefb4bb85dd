/** Small made data for tests of training: a return whose sign follows the last bars, so that something can be learned. */
import type { Prepared } from '../data/prepared.ts';
import { createRandom, normal } from '../lib/random.ts';

/** `rows` usable bars of `featureCount` standard-normal features; the class is the sign of feature 0 with a dead zone. */
export function makePrepared(rows: number, featureCount: number, time: number, seed = 1): Prepared {
  const random = createRandom(seed);
  const features = Float32Array.from({ length: rows * featureCount }, () => normal(random));
  const signal = (row: number): number =>
    (features[row * featureCount] as number) + 0.3 * (features[Math.max(0, row - 1) * featureCount] as number);
  const classes = Int8Array.from({ length: rows }, (_, row) => (signal(row) > 0.45 ? 2 : signal(row) > -0.45 ? 1 : 0));
  const returns = Float64Array.from({ length: rows }, (_, row) => signal(row) * 1e-4);
  const ends = Int32Array.from({ length: rows - time }, (_, i) => i + time - 1);
  const [first, second] = [Math.floor(ends.length * 0.6), Math.floor(ends.length * 0.8)];
  const windows = { train: ends.slice(0, first), validation: ends.slice(first, second), test: ends.slice(second) };
  const part = (of: Int32Array) => {
    const counts: [number, number, number] = [0, 0, 0];
    for (const row of of) counts[classes[row] as 0 | 1 | 2]++;
    return { windows: of.length, firstTime: 0, lastTime: 0, classes: counts };
  };
  const parts = { train: part(windows.train), validation: part(windows.validation), test: part(windows.test) };
  const weights = parts.train.classes.map((count) => windows.train.length / (3 * Math.max(1, count))) as unknown as [
    number,
    number,
    number,
  ];
  const none = new Float32Array();
  return {
    summary: {
      datasetId: 'toy',
      featureNames: Array.from({ length: featureCount }, (_, i) => `feature${i}`),
      scaler: { mean: new Array(featureCount).fill(0), deviation: new Array(featureCount).fill(1) },
      labels: { rule: 'quantile', lower: -0.45e-4, upper: 0.45e-4, returnDeviation: 1e-4 },
      sequenceLength: {
        value: time,
        automatic: time,
        reason: 'share',
        lastSignificantLag: 1,
        lower: 10,
        upper: 500,
        autocorrelation: none,
        surrogateLow: none,
        surrogateHigh: none,
      },
      usableBars: rows,
      warmUpBars: 60,
      possibleWindows: ends.length,
      dropped: { acrossGap: 0, withoutFuture: 0, purged: 0, older: 0 },
      parts,
      classWeights: weights,
      warnings: [],
    },
    features,
    classes,
    returns,
    lastMoves: new Float64Array(rows),
    time: Float64Array.from({ length: rows }, (_, i) => i * 60_000),
    windows,
  };
}
