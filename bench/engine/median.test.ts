/** The median of odd, even and empty lists. */
import { expect, test } from 'vitest';
import { median } from './median.ts';

test('the middle of an odd list, the mean of the middle two of an even one', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
});

test('the list stays as it was', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test('an empty list has none', () => {
  expect(() => median([])).toThrow();
});
