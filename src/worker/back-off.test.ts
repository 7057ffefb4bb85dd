import { expect, test } from 'vitest';
import { createBackOff } from './back-off.ts';

test('at once, then 2, 10, 30, 30, 60, 120 seconds, and 120 from there on', () => {
  const backOff = createBackOff();
  const waits = Array.from({ length: 7 }, () => backOff.next() / 1000);
  expect(waits).toEqual([0, 2, 10, 30, 30, 60, 120]);
  expect(backOff.exhausted()).toBe(true);
  expect([backOff.next(), backOff.next()]).toEqual([120_000, 120_000]);
  expect(backOff.attempts()).toBe(9);
  backOff.reset();
  expect(backOff.exhausted()).toBe(false);
  expect(backOff.next()).toBe(0);
});
