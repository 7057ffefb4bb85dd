import { expect, test } from 'vitest';
import { createRandom } from '../lib/random.ts';
import { blockLengthFor, bootstrapInterval } from './interval.ts';

/** 0/1 with share `p` of ones, each repeating the one before with probability `stay`. */
function hits(count: number, p: number, stay: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  let last = random() < p ? 1 : 0;
  return Uint8Array.from({ length: count }, () => {
    if (random() >= stay) last = random() < p ? 1 : 0;
    return last;
  });
}

test('blocks are as long as labels overlap, at least the cube root of the rows', () => {
  expect(blockLengthFor(1000, 1)).toBe(10);
  expect(blockLengthFor(1001, 1)).toBe(11);
  expect(blockLengthFor(1000, 60)).toBe(60);
  expect(blockLengthFor(0, 1)).toBe(1);
});

test('the same seed gives the same interval, another seed another', () => {
  const rows = hits(500, 0.4, 0, 1);
  const first = bootstrapInterval(rows, 8, 7);
  expect(bootstrapInterval(rows, 8, 7)).toEqual(first);
  expect(bootstrapInterval(rows, 8, 8)).not.toEqual(first);
  expect(first.value).toBe(rows.reduce((sum, hit) => sum + hit, 0) / 500);
});

test('for independent rows the width is that of the binomial', () => {
  const { value, low, high } = bootstrapInterval(hits(4000, 0.4, 0, 3), 1, 11, 4000);
  const expected = 2 * 1.96 * Math.sqrt((value * (1 - value)) / 4000);
  expect(high - low).toBeGreaterThan(0.92 * expected);
  expect(high - low).toBeLessThan(1.08 * expected);
  expect((low + high) / 2).toBeCloseTo(value, 2);
});

test('for dependent rows blocks widen the interval as theory says, single rows do not', () => {
  // Autocorrelation 0.8 multiplies the variance by (1 + 0.8) / (1 − 0.8) = 9, the width by 3.
  const rows = hits(8000, 0.4, 0.8, 5);
  const width = (block: number): number => {
    const { low, high } = bootstrapInterval(rows, block, 2);
    return high - low;
  };
  expect(width(100) / width(1)).toBeGreaterThan(2.3);
  expect(width(100) / width(1)).toBeLessThan(3.5);
});

test('95 % intervals cover the true share about 95 times of 100 although labels overlap', () => {
  const trials = 300;
  let covered = 0;
  let coveredSingly = 0;
  for (let trial = 0; trial < trials; trial++) {
    const rows = hits(1000, 0.4, 0.7, 100 + trial);
    const blocks = bootstrapInterval(rows, 30, trial, 400);
    const single = bootstrapInterval(rows, 1, trial, 400);
    if (blocks.low <= 0.4 && 0.4 <= blocks.high) covered++;
    if (single.low <= 0.4 && 0.4 <= single.high) coveredSingly++;
  }
  expect(covered / trials).toBeGreaterThan(0.88);
  expect(covered / trials).toBeLessThan(0.98);
  expect(coveredSingly / trials).toBeLessThan(0.75);
});

test('less than two blocks say nothing of the spread', () => {
  expect(bootstrapInterval(Uint8Array.of(1, 0, 1), 2, 1)).toEqual({ value: 2 / 3, low: 0, high: 1 });
  expect(bootstrapInterval(new Uint8Array(0), 1, 1)).toEqual({ value: 0, low: 0, high: 1 });
});
