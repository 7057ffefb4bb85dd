import { expect, test } from 'vitest';
import { type AttentionView, barsHolding, headWeights, seenBars } from './attention.ts';

const five = new Float64Array(5);
const view: AttentionView = {
  runId: 'a',
  time: five,
  open: five,
  high: five,
  low: five,
  close: five,
  bar: 4,
  reach: 2,
  blocks: 2,
  heads: 2,
  weights: Float32Array.from({ length: 20 }, (_, index) => index),
};

test('a head of a block has its own stretch of the weights', () => {
  expect([...headWeights(view, 0, 0)]).toEqual([0, 1, 2, 3, 4]);
  expect([...headWeights(view, 1, 0)]).toEqual([10, 11, 12, 13, 14]);
  expect([...headWeights(view, 1, 1)]).toEqual([15, 16, 17, 18, 19]);
});

test('a bar sees no further than its reach, and not beyond the window', () => {
  expect(seenBars(view)).toEqual([2, 4]);
  expect(seenBars({ ...view, bar: 1 })).toEqual([0, 3]);
  expect(seenBars({ ...view, reach: null })).toEqual([0, 4]);
});

test('as many bars as hold a share of the weight', () => {
  const weights = Float32Array.of(0.125, 0.5, 0.25, 0.125);
  expect([0.5, 0.75, 0.8, 1].map((share) => barsHolding(weights, share))).toEqual([1, 2, 3, 4]);
});
