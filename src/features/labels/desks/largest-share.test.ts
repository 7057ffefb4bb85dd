/** The share that the warning is about. */
import { expect, test } from 'vitest';
import { largestShare } from './largest-share.ts';

test('the largest class as a share of all, and none without windows', () => {
  expect(largestShare([1, 6, 3])).toBe(0.6);
  expect(largestShare([0, 0, 0])).toBe(0);
});
