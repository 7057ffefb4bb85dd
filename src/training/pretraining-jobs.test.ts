/** A base that is to be pre-trained puts its own job before each run, and seeds still belong together. */
import { expect, test } from 'vitest';
import { seedGroups } from './groups.ts';
import { parseJob } from './job.ts';
import { applySettingText, initialSettings, jobsOf } from './settings.ts';
import { toyRun } from './toy-run.ts';

const jobs = (...texts: string[]) =>
  jobsOf(
    texts.reduce(applySettingText, { ...initialSettings, models: ['peft-transformer'], preset: 'tiny' }),
    ['peft-transformer'],
    (model, index) => `${model}-${index}`,
  ).map(parseJob);

test('without a base to pre-train there is one job a seed', () => {
  expect(jobs('training.repeats=2').map(({ task }) => task)).toEqual([undefined, undefined]);
});

test('each run follows the pre-training of its own base, with its own seed and without mixup', () => {
  const queue = jobs('training.repeats=2', 'peft-transformer.base=pretraining');
  expect(queue.map(({ task }) => task)).toEqual(['pretrain', undefined, 'pretrain', undefined]);
  expect(new Set(queue.map(({ runId }) => runId)).size).toBe(4);
  expect([queue[1]?.modelConfig.baseRun, queue[3]?.modelConfig.baseRun]).toEqual([queue[0]?.runId, queue[2]?.runId]);
  expect(queue.map(({ training }) => [training.seed, training.mixup])).toEqual([
    [1, false],
    [1, true],
    [2, false],
    [2, true],
  ]);
  const runs = queue.map((job) => toyRun('peft-transformer', job.runId, {}, job));
  const groups = seedGroups(runs).map((group) => group.map(({ job }) => job.runId));
  expect(groups).toContainEqual([queue[1]?.runId, queue[3]?.runId]);
});

test('only the PEFT model has a base to pre-train', () => {
  const [job] = jobs();
  expect(() => parseJob({ ...job, model: 'gru', modelConfig: {}, task: 'pretrain' })).toThrow('invalid-setting');
});
