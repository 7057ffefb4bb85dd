import { expect, test } from 'vitest';
import { valueAt } from './chart-line.ts';

test('the value at a place is the last one before it', () => {
  const points = [1, 2, 4].map((at) => ({ at, value: at * 10 }));
  expect([0.5, 1, 3.9, 4, 9].map((at) => valueAt(points, at))).toEqual([undefined, 10, 20, 40, 40]);
  expect(valueAt([], 1)).toBeUndefined();
});
