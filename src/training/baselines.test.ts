import { expect, test } from 'vitest';
import type { LabelRule, Prepared, PreparedSummary } from '../data/prepared.ts';
import { createRandom, normal } from '../lib/random.ts';
import { computeBaselines } from './baselines.ts';

const part = { windows: 0, firstTime: 0, lastTime: 0, classes: [0, 0, 0] } as const;
const labelRule: LabelRule = { rule: 'quantile', lower: -0.1, upper: 0.1, returnDeviation: 1 };

/** A prepared data set around given classes, moves and features; rows 0–59 % train, then validation, then test. */
function prepared(classes: Int8Array, lastMoves: Float64Array, features: Float32Array, labels: LabelRule): Prepared {
  const count = classes.length;
  const rows = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const size = features.length / count;
  const summary: PreparedSummary = {
    datasetId: 'x',
    featureNames: Array.from({ length: size }, (_, i) => `feature${i}`),
    scaler: { mean: [], deviation: [] },
    labels,
    sequenceLength: {
      value: 1,
      automatic: 1,
      reason: 'share',
      lastSignificantLag: 0,
      lower: 0,
      upper: 0,
      autocorrelation: new Float32Array(0),
      surrogateLow: new Float32Array(0),
      surrogateHigh: new Float32Array(0),
    },
    usableBars: count,
    warmUpBars: 0,
    possibleWindows: count,
    dropped: { acrossGap: 0, withoutFuture: 0, purged: 0, older: 0 },
    parts: { train: part, validation: part, test: part },
    classWeights: [1, 1, 1],
    warnings: [],
  };
  const [trainEnd, validationEnd] = [Math.floor(count * 0.6), Math.floor(count * 0.8)];
  return {
    summary,
    features,
    classes,
    returns: new Float64Array(count),
    lastMoves,
    time: new Float64Array(count),
    windows: { train: rows(0, trainEnd), validation: rows(trainEnd, validationEnd), test: rows(validationEnd, count) },
  };
}

const valuesOf = (data: Prepared, horizon = 1) =>
  Object.fromEntries(computeBaselines(data, horizon, 1).map(({ id, validation, test: tested }) => [id, [validation.value, tested.value]]));

test('the majority is that of the training windows, not of the rows it is scored on', () => {
  const classes = Int8Array.of(2, 2, 2, 0, 1, 2, /* validation */ 0, 2, /* test */ 0, 0);
  const data = prepared(classes, new Float64Array(10), new Float32Array(10), labelRule);
  expect(valuesOf(data).majority).toEqual([1 / 2, 0]);
});

test('persistence gives the last move the class of the label rule', () => {
  const moves = Float64Array.of(0, 0, 0, 0, 0, 0, /* validation */ -0.2, 0.05, /* test */ 0.1, 0.3);
  const classes = Int8Array.of(0, 1, 2, 0, 1, 2, 0, 2, 1, 2);
  expect(valuesOf(prepared(classes, moves, new Float32Array(10), labelRule)).persistence).toEqual([1 / 2, 1]);
});

test('over a longer horizon it is the move of as many bars', () => {
  const moves = Float64Array.of(0, 0, 0, 0, 0.2, 0.2, /* validation */ -0.35, 0, /* test */ 0.2, 0.2);
  // Three-bar moves of rows 6 to 9: 0.05, −0.15, −0.15, 0.4
  const classes = Int8Array.of(0, 1, 2, 0, 1, 2, 1, 0, 0, 2);
  expect(valuesOf(prepared(classes, moves, new Float32Array(10), labelRule), 3).persistence).toEqual([1, 1]);
});

test('fixed basis points count their own value as flat on both sides, as the labels do', () => {
  const moves = Float64Array.of(0, 0, 0, 0, 0, 0, /* validation */ -0.1, 0.1, /* test */ -0.11, 0.11);
  const classes = Int8Array.of(0, 1, 2, 0, 1, 2, 1, 1, 0, 2);
  expect(valuesOf(prepared(classes, moves, new Float32Array(10), { ...labelRule, rule: 'basis-points' })).persistence).toEqual([1, 1]);
  expect(valuesOf(prepared(classes, moves, new Float32Array(10), labelRule)).persistence).toEqual([1 / 2, 1]);
});

test('without fixed thresholds it is the sign of the move', () => {
  const moves = Float64Array.of(0, 0, 0, 0, 0, 0, -0.001, 0, 0.001, 0.002);
  const classes = Int8Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2, 2);
  const labels = { ...labelRule, lower: null, upper: null };
  expect(valuesOf(prepared(classes, moves, new Float32Array(10), labels)).persistence).toEqual([1, 1]);
});

test('logistic regression learns what the last bar tells, and its interval lies around its score', () => {
  const random = createRandom(1);
  const features = Float32Array.from({ length: 2 * 3000 }, () => normal(random));
  const classes = Int8Array.from({ length: 3000 }, (_, row) => {
    const signal = (features[2 * row] as number) + 0.5 * normal(random);
    return (signal > -0.5 ? 1 : 0) + (signal > 0.5 ? 1 : 0);
  });
  const baselines = computeBaselines(prepared(classes, new Float64Array(3000), features, labelRule), 1, 1);
  expect(baselines.map(({ id }) => id)).toEqual(['majority', 'persistence', 'logistic']);
  const [majority, , logistic] = baselines as [(typeof baselines)[0], (typeof baselines)[0], (typeof baselines)[0]];
  expect(logistic.test.low).toBeGreaterThan(majority.test.high + 0.1);
  for (const { validation, test: tested } of baselines)
    for (const score of [validation, tested]) {
      expect(score.low).toBeLessThanOrEqual(score.value);
      expect(score.high).toBeGreaterThanOrEqual(score.value);
    }
});

test('the same data and seed give the same figures', () => {
  const classes = Int8Array.from({ length: 300 }, (_, i) => (i * 7) % 3);
  const moves = Float64Array.from({ length: 300 }, (_, i) => Math.sin(i));
  const features = Float32Array.from({ length: 300 }, (_, i) => Math.cos(i));
  const data = prepared(classes, moves, features, labelRule);
  expect(computeBaselines(data, 1, 5)).toEqual(computeBaselines(data, 1, 5));
});
