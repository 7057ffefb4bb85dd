/** A run taken up from a stored checkpoint on the same adapter walks the very curve of one that was never left. */
import { beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import { defaultJob, type Job } from './job.ts';
import { makePrepared } from './toy-data.ts';
import { lossesOf, outcomeOf, reached, runUntil } from './toy-resume.ts';

const prepared = makePrepared(73, 5, 6);
let backend: Backend;

beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

const jobFor = (model: Job['model'], training: Partial<Job['training']> = {}, more: Partial<Job> = {}): Job => {
  const job = defaultJob('test', model, 'tiny');
  return {
    ...job,
    ...more,
    modelConfig: { ...job.modelConfig, ...more.modelConfig },
    // Two windows a step: twenty steps an epoch.
    training: { ...job.training, epochs: 3, batchSize: 2, validationBatchSize: 16, learningRate: 2e-3, ...training },
  };
};

const jobs: [string, Job][] = [
  ['gru', jobFor('gru')],
  ['moe-transformer', jobFor('moe-transformer')],
  ['peft-transformer with LoRA', jobFor('peft-transformer', {}, { modelConfig: { loraRank: 2 } })],
  ['pre-training', jobFor('peft-transformer', { mixup: false }, { task: 'pretrain' })],
  ['a traced run', jobFor('gru', { traceSteps: 15, mixup: false })],
];

test.each(jobs)('%s', { timeout: 280_000 }, async (_, job) => {
  const given = { job, prepared, checkErrors: backend.checkErrors };
  const whole = await runUntil(given);
  if (!whole.result) throw new Error('the run did not end');
  // Somewhere in the second epoch or later, with steps on the device that nobody was told of yet.
  const first = await runUntil(given, reached(21));
  if (!first.kept) throw new Error('nothing was kept');
  const { step } = first.kept.checkpoint;
  expect(step).toBeGreaterThan(20);
  expect(step).toBeLessThan(60);
  const series = first.kept.series['train/loss'] ?? [];
  expect(series.map((point) => point.step)).toEqual(Array.from({ length: step }, (_step, i) => i + 1));

  const rest = await runUntil({ ...given, resume: first.kept });
  const [own, expected] = [lossesOf(rest.events), lossesOf(whole.events)];
  for (let next = step + 1; next <= 60; next++) expect(own.get(next)).toBe(expected.get(next));
  expect(series.map(({ value }) => value)).toEqual(series.map((point) => expected.get(point.step)));
  expect(rest.result && outcomeOf(rest.result)).toEqual(outcomeOf(whole.result));
  expect(rest.result?.run.startedAt).toBe(first.kept.run.startedAt);
  expect(rest.result?.run.elapsedMs).toBeGreaterThan(first.kept.run.elapsedMs);
});
