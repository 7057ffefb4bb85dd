import { expect, test } from 'vitest';
import { modelIds } from '../models/catalog.ts';
import { fitToDevice, planRun } from './fit-to-device.ts';
import { defaultJob, type Job } from './job.ts';

const mebibyte = 1024 * 1024;
const size = { time: 500, featureCount: 16, bars: 10_028 };
const fused = (maxBindingBytes: number) => ({ maxBindingBytes, fused: true });
const stock = (maxBindingBytes: number) => ({ maxBindingBytes, fused: false });
const within = (job: Job, memoryMegabytes: number): Job => ({ ...job, training: { ...job.training, memoryMegabytes } });

test.each([
  ['lstm', 0.8],
  ['gru', 0.8],
  ['transformer', 0.8],
  ['peft-transformer', 0.8],
  ['moe-transformer', 1.5],
] as const)('%s at its full preset, batch 32: in at most %f GB, by eight windows or more, no binding over 128 MiB', (model, gigabytes) => {
  const { plan, fits } = planRun(defaultJob('run', model, 'full'), size, 128 * mebibyte);
  expect(fits).toBe(true);
  expect(plan.microBatch).toBeGreaterThanOrEqual(8);
  expect(plan.peak).toBeLessThanOrEqual(gigabytes * 1e9);
  expect(plan.largest).toBeLessThanOrEqual(128 * mebibyte);
});

test('a smaller budget makes smaller micro-batches, and the validation batch goes with them', () => {
  const { training, ...rest } = defaultJob('run', 'transformer', 'full');
  const job = { ...rest, training: { ...training, recomputation: 'never' as const } };
  const sizes = [1000, 400, 200, 100].map((megabytes) => fitToDevice(within(job, megabytes), size, fused(0)).training.microBatchSize);
  expect(sizes[0]).toBe(0);
  for (const [i, at] of sizes.slice(1).entries()) expect(at).toBeLessThan(sizes[i] || job.training.batchSize);
  const cut = fitToDevice(within(job, 200), size, fused(0)).training;
  expect(cut.validationBatchSize).toBe(cut.microBatchSize);
});

test('equal micro-batches: no more passes, and no more padding, than the batch needs', () => {
  const { microBatchSize } = fitToDevice(defaultJob('run', 'moe-transformer', 'full'), size, fused(0)).training;
  const passes = Math.ceil(32 / microBatchSize);
  expect(microBatchSize).toBe(Math.ceil(32 / passes));
});

test.each(modelIds)('%s: what fits is left as it was set, and a chosen micro-batch is never enlarged', (model) => {
  const job = within(defaultJob('run', model, 'tiny'), 1500);
  const short = { ...size, time: 32 };
  expect(fitToDevice(job, short, fused(128 * mebibyte))).toEqual(job);
  const chosen = { ...job, training: { ...job.training, microBatchSize: 4, validationBatchSize: 4 } };
  expect(fitToDevice(chosen, short, fused(128 * mebibyte))).toEqual(chosen);
});

test('one window is the least, and it is said where even that is too much', () => {
  const job = within(defaultJob('run', 'moe-transformer', 'full'), 100);
  expect(fitToDevice(job, size, fused(0)).training.microBatchSize).toBe(1);
  expect(planRun(job, size).fits).toBe(false);
});

test('in stock operations the largest tensor decides', () => {
  const job = defaultJob('run', 'moe-transformer', 'full');
  expect(fitToDevice(job, size, stock(128 * mebibyte)).training).toMatchObject({ microBatchSize: 3, validationBatchSize: 3 });
  expect(fitToDevice(job, size, stock(0)).training).toMatchObject({ microBatchSize: 14, validationBatchSize: 14 });
  expect(fitToDevice(job, size, stock(1024)).training.microBatchSize).toBe(1);
});

test('activations are computed anew where the budget would hold too few windows otherwise, and nowhere else', () => {
  const job = defaultJob('run', 'transformer', 'full');
  expect(planRun(job, size).plan.recompute).toBe(false);
  const tight = within(job, 100);
  const { plan, fits } = planRun(tight, size);
  expect(fits).toBe(true);
  expect(plan.recompute).toBe(true);
  const kept = planRun({ ...tight, training: { ...tight.training, recomputation: 'never' } }, size).plan;
  expect(kept.microBatch).toBeLessThan(8);
  expect(plan.microBatch).toBeGreaterThanOrEqual(2 * kept.microBatch);
  expect(fitToDevice(tight, size, fused(0)).training).toMatchObject({ recomputation: 'always', microBatchSize: plan.microBatch });
});

test('asked for, activations are computed anew wherever a gradient goes through blocks', () => {
  const asked = (model: (typeof modelIds)[number], sizes = {}) => {
    const job = defaultJob('run', model, 'tiny');
    const always = { ...job.training, recomputation: 'always' as const };
    return planRun({ ...job, modelConfig: { ...job.modelConfig, ...sizes }, training: always }, size).plan.recompute;
  };
  expect(modelIds.filter((model) => asked(model))).toEqual(['transformer', 'moe-transformer']);
  expect(asked('peft-transformer', { loraRank: 4 })).toBe(true);
});

test.each(['transformer', 'moe-transformer'] as const)('%s at its full preset leaves a fraction of the activations', (model) => {
  const { training, ...job } = defaultJob('run', model, 'full');
  const savedBy = (recomputation: 'never' | 'always'): number =>
    planRun({ ...job, training: { ...training, recomputation, microBatchSize: 8 } }, size, 128 * mebibyte).plan.bytes.saved;
  expect(savedBy('always')).toBeLessThan(0.15 * savedBy('never'));
});
