import { expect, test } from 'vitest';
import { smooth } from './smooth.ts';

const points = (...values: number[]) => values.map((value, at) => ({ at, value }));

test('a constant stays what it is from the first point on', () => {
  for (const { value } of smooth(points(3, 3, 3, 3), 0.9)) expect(value).toBeCloseTo(3, 12);
});

test('the second value is the mean that the weight gives', () => {
  // (0.5·0.5·1 + 0.5·3) / (1 − 0.25)
  expect(smooth(points(1, 3), 0.5).map(({ value }) => value)).toEqual([1, (0.25 * 1 + 0.5 * 3) / 0.75]);
});

test('no weight, no change; a value that is not finite does not spoil the rest', () => {
  const raw = points(1, 2);
  expect(smooth(raw, 0)).toBe(raw);
  expect(smooth(points(1, Number.NaN, 1), 0.5)).toEqual([
    { at: 0, value: 1 },
    { at: 2, value: 1 },
  ]);
});
