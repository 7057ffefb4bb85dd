import { expect, test } from 'vitest';
import { epochTicks, valueAt } from './chart-line.ts';

test('the value at a place is the last one before it', () => {
  const points = [1, 2, 4].map((at) => ({ at, value: at * 10 }));
  expect([0.5, 1, 3.9, 4, 9].map((at) => valueAt(points, at))).toEqual([undefined, 10, 20, 40, 40]);
  expect(valueAt([], 1)).toBeUndefined();
});

test.each([
  [1, [0, 0.25, 0.5, 0.75, 1]],
  [3, [0, 1, 2, 3]],
  [14, [0, 2, 4, 6, 8, 10, 12, 14]],
  [50, [0, 10, 20, 30, 40, 50]],
])('marks up to %d stand on whole epochs', (end, ticks) => {
  expect(epochTicks(end)).toEqual(ticks);
});
