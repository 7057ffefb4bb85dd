/** Going on from a checkpoint where each step is awaited, and what a checkpoint refuses. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultJob, type Job } from './job.ts';
import { packCheckpoint, unpackCheckpoint } from './run-checkpoint.ts';
import { makePrepared } from './toy-data.ts';
import { outcomeOf, reached, runUntil } from './toy-resume.ts';

const prepared = makePrepared(53, 3, 4);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const jobFor = (training: Partial<Job['training']> = {}): Job => {
  const job = defaultJob('test', 'gru', 'tiny');
  return {
    ...job,
    modelConfig: { ...job.modelConfig, hiddenSize: 4 },
    training: { ...job.training, epochs: 3, batchSize: 8, validationBatchSize: 16, ...training },
  };
};

describe('where a run may be left', () => {
  const wholes = new Map<Job, Awaited<ReturnType<typeof runUntil>>>();
  const stopping = jobFor({ epochs: 9, patience: 1, minDelta: 1 });
  test.each([
    ['after the first step', jobFor(), reached(1)],
    ['at the end of an epoch', jobFor(), (event) => event.type === 'evaluated'],
    ['during validation', jobFor(), (event) => event.type === 'progressed' && event.progress.phase === 'validating'],
    ['right before early stopping ends it', stopping, (event) => event.type === 'evaluated' && event.epoch.epoch === 2],
    ['after its last epoch', jobFor(), (event) => event.type === 'evaluated' && event.epoch.epoch === 3],
  ] satisfies [string, Job, Parameters<typeof runUntil>[1]][])('%s', async (_, job, leave) => {
    const whole = wholes.get(job) ?? (await runUntil({ job, prepared }));
    const first = await runUntil({ job, prepared }, leave);
    if (!whole.result || !first.kept) throw new Error('not left, or not ended');
    const rest = await runUntil({ job, prepared, resume: first.kept });
    expect(rest.result && outcomeOf(rest.result)).toEqual(outcomeOf(whole.result));
  });
});

test('taking checkpoints changes nothing in the run, and frees what it took', async () => {
  const before = tf.memory().numTensors;
  const whole = await runUntil({ job: jobFor(), prepared });
  const watched = await runUntil(
    { job: jobFor(), prepared },
    () => false,
    () => true,
  );
  expect(watched.result && outcomeOf(watched.result)).toEqual(whole.result && outcomeOf(whole.result));
  expect(tf.memory().numTensors).toBe(before);
});

describe('what is refused', () => {
  const kept = async () => {
    const half = await runUntil({ job: jobFor(), prepared }, reached(2));
    if (!half.kept) throw new Error('nothing was kept');
    return half.kept;
  };

  test('a checkpoint of another version', async () => {
    const packed = packCheckpoint(await kept());
    const other = { ...packed, header: packed.header.replace('"version":1', '"version":99') };
    expect(() => unpackCheckpoint(other)).toThrow(
      expect.objectContaining({ code: 'invalid-checkpoint', parameters: { reason: 'version' } }),
    );
  });

  test('one with an array missing', async () => {
    const packed = packCheckpoint(await kept());
    const arrays = packed.arrays.filter(({ name }) => name !== 'secondMoment');
    expect(() => unpackCheckpoint({ ...packed, arrays })).toThrow(expect.objectContaining({ code: 'invalid-checkpoint' }));
  });

  test('other data, or another size', async () => {
    const resume = await kept();
    const before = tf.memory().numTensors;
    const other = makePrepared(53, 3, 4, 2);
    await expect(runUntil({ job: jobFor(), prepared: other, resume })).rejects.toMatchObject({ parameters: { reason: 'other-data' } });
    const job = { ...jobFor(), modelConfig: { ...jobFor().modelConfig, hiddenSize: 5 } };
    await expect(runUntil({ job, prepared, resume })).rejects.toMatchObject({ parameters: { reason: 'content' } });
    expect(tf.memory().numTensors).toBe(before);
  });
});
