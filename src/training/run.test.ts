import { expect, test } from 'vitest';
import { hasWeights } from './run.ts';

test.each([
  ['running', null, false],
  ['paused', null, false],
  ['finished', 'epochs', true],
  // Imported weights: nobody knows how their training ended.
  ['finished', null, true],
  // Also before its first epoch was measured.
  ['stopped', 'person', true],
  // Ended by its numbers, with the last good weights; and broken off, with none.
  ['failed', 'not-finite', true],
  ['failed', null, false],
] as const)('a run that is %s (%s) has weights: %s', (status, stoppedBy, expected) => {
  expect(hasWeights({ status, stoppedBy })).toBe(expected);
});
