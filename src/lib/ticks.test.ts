import { expect, test } from 'vitest';
import { linearTicks, logTicks } from './ticks.ts';

test('marks are round and inside the range', () => {
  expect(linearTicks(0.93, 1.12, 4)).toEqual([0.95, 1, 1.05, 1.1]);
  expect(linearTicks(0, 1000, 5)).toEqual([0, 200, 400, 600, 800, 1000]);
  expect(linearTicks(-3, 3, 3)).toEqual([-2, 0, 2]);
});

test('a range without width has one mark', () => expect(linearTicks(2, 2, 5)).toEqual([2]));

test('a logarithmic axis is marked by powers of ten', () => {
  expect(logTicks(1e-6, 1)).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]);
  expect(logTicks(10, 1000)).toEqual([10, 30, 100, 300, 1000]);
  expect(logTicks(1, 3)).toEqual([1, 2, 3]);
});

test('a narrow stretch of a logarithmic axis still has marks', () => expect(logTicks(1.01, 1.04).length).toBeGreaterThan(1));
