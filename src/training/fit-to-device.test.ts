import { expect, test } from 'vitest';
import { fitToDevice } from './fit-to-device.ts';
import { defaultJob } from './job.ts';

const mebibyte = 1024 * 1024;

test('the full MoE at T 500 runs in micro-batches of three where a binding holds 128 MiB, and of fourteen at the most', () => {
  const job = defaultJob('run', 'moe-transformer', 'full');
  expect(fitToDevice(job, 500, 128 * mebibyte).training).toMatchObject({ batchSize: 32, microBatchSize: 3, validationBatchSize: 3 });
  expect(fitToDevice(job, 500, 4096 * mebibyte).training).toMatchObject({ microBatchSize: 14, validationBatchSize: 14 });
  expect(fitToDevice(job, 500, 0).training.microBatchSize).toBe(14);
});

test('what fits is left as it was set, and a chosen micro-batch is never enlarged', () => {
  const job = defaultJob('run', 'gru', 'full');
  expect(fitToDevice(job, 500, 128 * mebibyte)).toEqual(job);
  const chosen = { ...job, training: { ...job.training, microBatchSize: 4 } };
  expect(fitToDevice(chosen, 500, 128 * mebibyte)).toEqual(chosen);
});

test('one window is the least, however small the device', () => {
  expect(fitToDevice(defaultJob('run', 'moe-transformer', 'full'), 500, 1024).training.microBatchSize).toBe(1);
});
