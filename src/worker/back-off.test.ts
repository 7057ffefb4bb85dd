import { expect, test } from 'vitest';
import { createBackOff } from './back-off.ts';

test('at once, then 2, 10, 30, 30, 60, 120 seconds, and 120 from there on', () => {
  const next = createBackOff();
  expect(Array.from({ length: 9 }, () => next() / 1000)).toEqual([0, 2, 10, 30, 30, 60, 120, 120, 120]);
});

test('a device that was lost again waits from the beginning', () => {
  const next = createBackOff(2);
  expect([next(), next()]).toEqual([10_000, 30_000]);
});
