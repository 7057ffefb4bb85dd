import { describe, expect, test } from 'vitest';
import { createRandom, normal } from '../lib/random.ts';
import {
  calibrationOf,
  collapsedClass,
  hitsOf,
  isCollapsed,
  type Predictions,
  rankCorrelation,
  scoreConfusion,
  scorePredictions,
} from './metrics.ts';

/** Predictions whose logits name the given classes. */
function predictionsOf(actual: number[], predicted: number[], returns: number[] = [], actualReturns: number[] = []): Predictions {
  const logits = Float32Array.from(predicted.flatMap((p) => [0, 1, 2].map((c) => (c === p ? 1.5 : -0.5))));
  return {
    count: actual.length,
    logits,
    returns: Float32Array.from(actual, (_, i) => returns[i] ?? 0),
    classes: Int8Array.from(actual),
    actualReturns: Float64Array.from(actual, (_, i) => actualReturns[i] ?? 0),
  };
}

describe('class scores', () => {
  // The example of scikit-learn's documentation: y_true [0,1,2,0,1,2], y_pred [0,2,1,0,0,1] has macro F1 0.2666…
  test('agree with the textbook example', () => {
    const { metrics, confusion } = scorePredictions(predictionsOf([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]), 1);
    expect(confusion).toEqual([2, 0, 0, 1, 0, 1, 0, 2, 0]);
    expect(metrics.accuracy).toBeCloseTo(2 / 6, 14);
    expect(metrics.balancedAccuracy).toBeCloseTo((1 + 0 + 0) / 3, 14);
    expect(metrics.macroF1).toBeCloseTo(0.8 / 3, 14);
  });

  test('balanced accuracy leaves out a class that does not occur; macro F1 counts it as 0', () => {
    // Actual: 4 down, 2 up. Recall 3/4 and 1/2. F1: down 6/(4+4), flat 0/(0+1), up 2/(2+1).
    const scores = scoreConfusion([3, 1, 0, 0, 0, 0, 1, 0, 1]);
    expect(scores.accuracy).toBeCloseTo(4 / 6, 14);
    expect(scores.balancedAccuracy).toBeCloseTo((3 / 4 + 1 / 2) / 2, 14);
    expect(scores.macroF1).toBeCloseTo((6 / 8 + 0 + 2 / 3) / 3, 14);
  });

  test('without rows everything is 0', () => {
    const { metrics, confusion } = scorePredictions(predictionsOf([], []), 1);
    expect(metrics).toEqual({ accuracy: 0, balancedAccuracy: 0, macroF1: 0, mae: 0, informationCoefficient: 0 });
    expect(confusion).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('equal logits name the first class, as argmax does', () => {
    const tied = { ...predictionsOf([0, 1, 2], [0, 0, 0]), logits: Float32Array.from([1, 1, 1, 0, 2, 2, 3, 1, 3]) };
    expect(scorePredictions(tied, 1).confusion).toEqual([1, 0, 0, 0, 1, 0, 1, 0, 0]);
    expect([...hitsOf(tied)]).toEqual([1, 1, 0]);
  });
});

describe('return scores', () => {
  test('the error is in basis points of the raw return', () => {
    const { metrics } = scorePredictions(predictionsOf([0, 0], [0, 0], [0.5, -2], [0.0003, 0.0001]), 0.001);
    // |0.0005 − 0.0003| = 2 bp, |−0.002 − 0.0001| = 21 bp
    expect(metrics.mae).toBeCloseTo(11.5, 10);
  });

  test("Spearman's correlation agrees with the textbook formula where there are no ties", () => {
    // Ranks 1 2 3 4 5 against 2 1 4 3 5: 1 − 6·4 / (5·24) = 0.8
    expect(rankCorrelation(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(20, 10, 400, 30, 5000))).toBeCloseTo(0.8, 14);
  });

  test('ties share the average rank', () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: Pearson 4.5 / √(4.5·5)
    expect(rankCorrelation(Float64Array.of(1, 7, 7, 9), Float64Array.of(1, 2, 3, 4))).toBeCloseTo(4.5 / Math.sqrt(22.5), 14);
  });

  test.each([
    ['a constant side', [1, 1, 1], [1, 2, 3]],
    ['one row', [1], [1]],
    ['a value that is not finite', [1, Number.NaN, 3], [1, 2, 3]],
  ])('is 0 for %s', (_, left, right) => {
    expect(rankCorrelation(Float64Array.from(left), Float64Array.from(right))).toBe(0);
  });

  test('does not change under any rising transformation and turns its sign with one side', () => {
    const random = createRandom(5);
    const left = Float64Array.from({ length: 200 }, () => normal(random));
    const right = left.map((value) => value + normal(random));
    const plain = rankCorrelation(left, right);
    expect(plain).toBeGreaterThan(0.5);
    expect(rankCorrelation(left.map(Math.exp), right)).toBeCloseTo(plain, 12);
    expect(
      rankCorrelation(
        left.map((v) => -v),
        right,
      ),
    ).toBeCloseTo(-plain, 12);
  });
});

test('a model that names one class only has collapsed', () => {
  expect(isCollapsed([0, 0, 5, 0, 0, 4, 0, 0, 6])).toBe(true);
  expect(collapsedClass([0, 0, 5, 0, 0, 4, 0, 0, 6])).toBe(2);
  expect(isCollapsed([0, 0, 5, 0, 0, 4, 1, 0, 6])).toBe(false);
  expect(isCollapsed([0, 0, 0, 0, 0, 0, 0, 0, 0])).toBe(false);
});

test('calibration: ten bins by stated probability, and how far they are from what came true', () => {
  // Two predictions at probability 1/2 (one right), two near certain (both right).
  const sure = Math.log(1e6);
  const logits = Float32Array.from([Math.log(2), 0, 0, Math.log(2), 0, 0, sure, 0, 0, 0, sure, 0]);
  const predictions = {
    count: 4,
    logits,
    returns: new Float32Array(4),
    classes: Int8Array.from([0, 1, 0, 1]),
    actualReturns: new Float64Array(4),
  };
  const { bins, error } = calibrationOf(predictions);
  expect(bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 2, 0, 0, 0, 2]);
  expect(bins[5]?.accuracy).toBe(0.5);
  expect(bins[5]?.confidence).toBeCloseTo(0.5, 6);
  expect(bins[9]?.accuracy).toBe(1);
  expect(error).toBeLessThan(1e-5);
  const wrong = calibrationOf({ ...predictions, classes: Int8Array.from([1, 1, 1, 0]) });
  expect(wrong.error).toBeCloseTo(0.75, 5);
});
