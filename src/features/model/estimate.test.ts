import { expect, test } from 'vitest';
import { stepsPerEpoch } from './estimate.ts';

test('a part batch is a step', () => {
  expect(stepsPerEpoch(64, 32)).toBe(2);
  expect(stepsPerEpoch(65, 32)).toBe(3);
});
