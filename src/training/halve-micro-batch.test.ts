import { expect, test } from 'vitest';
import { parseValues } from '../lib/fields.ts';
import { trainingFields } from './fields.ts';
import { halveMicroBatch } from './halve-micro-batch.ts';

const training = parseValues(trainingFields, { batchSize: 32, microBatchSize: 0, validationBatchSize: 24 }, 'training');

test('a whole batch becomes halves, halves quarters, down to one window and no further', () => {
  const sizes: [number, number][] = [];
  for (let now = halveMicroBatch(training); now; now = halveMicroBatch(now)) {
    expect(now.batchSize).toBe(32);
    sizes.push([now.microBatchSize, now.validationBatchSize]);
  }
  expect(sizes).toEqual([
    [16, 12],
    [8, 6],
    [4, 3],
    [2, 2],
    [1, 1],
  ]);
});
