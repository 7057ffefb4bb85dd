/** A base from pre-training or a trained Transformer: what is learned arrives in the PEFT run, is checked strictly, and is recorded. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import { type BaseSource, canBeBase } from './base-weights.ts';
import { defaultJob, type Job } from './job.ts';
import { pretrainJob } from './pretrain-job.ts';
import { type RunEvent, type RunResult, type RunSetup, runJob } from './run-job.ts';
import { makePrepared } from './toy-data.ts';

const prepared = makePrepared(73, 5, 8);
const { featureNames } = prepared.summary;
let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

const sizes = { width: 16, heads: 2, blocks: 1, feedForward: 32 };
function jobFor(model: Job['model'], changes: Partial<Job['training']> = {}, modelConfig: Job['modelConfig'] = {}): Job {
  const job = defaultJob(`run-${model}`, model, 'tiny');
  const training = { ...job.training, epochs: 2, batchSize: 16, validationBatchSize: 10, learningRate: 3e-3, ...changes };
  return { ...job, modelConfig: { ...job.modelConfig, ...sizes, ...modelConfig }, training };
}
const pretraining = (changes: Partial<Job['training']> = {}): Job => ({
  ...jobFor('peft-transformer', { mixup: false, ...changes }),
  task: 'pretrain',
});

async function collect(work: (setup: RunSetup) => AsyncGenerator<RunEvent, RunResult>, job: Job, base?: BaseSource) {
  const setup = {
    job,
    base,
    prepared,
    dataset: { id: 'toy', name: 'toy.csv' },
    adapter: 'test',
    backend: 'webgpu',
    signal: new AbortController().signal,
    checkErrors: backend.checkErrors,
    deviceBytes: () => 0,
  };
  const before = tf.memory().numTensors;
  const events: RunEvent[] = [];
  const loop = work(setup);
  let pulled = await loop.next();
  for (; !pulled.done; pulled = await loop.next()) events.push(pulled.value);
  expect(tf.memory().numTensors).toBe(before);
  return { ...pulled.value, events };
}

const sourceOf = ({ run, weights }: RunResult): BaseSource => ({
  kind: 'run',
  source: run.job.runId,
  tensors: weights,
  sizes: run.job.modelConfig,
  features: run.prepared.featureNames,
});

describe('pre-training', () => {
  test('learns to fill in masked bars, tells its loss step by step, and has the same bits again', async () => {
    const job = pretraining({ epochs: 8, patience: 0 });
    const first = await collect(pretrainJob, job);
    const losses = first.run.epochs.map(({ metrics }) => metrics['validation/loss'] as number);
    expect(losses).toHaveLength(8);
    expect(first.run).toMatchObject({ status: 'finished', stoppedBy: 'epochs', test: null, warnings: [] });
    expect(first.run.epochs.at(-1)?.metrics['train/loss']).toBeLessThan(0.97 * (first.run.epochs[0]?.metrics['train/loss'] as number));
    const steps = first.events.flatMap((event) => (event.type === 'progressed' ? event.progress.points.map(({ step }) => step) : []));
    expect(steps).toEqual(Array.from({ length: 8 * 3 }, (_, i) => i + 1));
    const again = await collect(pretrainJob, job);
    expect(again.weights).toEqual(first.weights);
    expect(first.weights.map(({ name }) => name)).toContain('reconstruct.weight');
  });

  test('in micro-batches and in stock operations it learns the same', async () => {
    const lossesOf = async (job: Job): Promise<number[]> =>
      (await collect(pretrainJob, job)).run.epochs.flatMap(({ metrics }) => [
        metrics['train/loss'] as number,
        metrics['validation/loss'] as number,
      ]);
    const whole = await lossesOf(pretraining());
    const parts = await lossesOf(pretraining({ microBatchSize: 5 }));
    await tf.setBackend('cpu');
    const reference = await lossesOf(pretraining()).finally(() => tf.setBackend('webgpu'));
    whole.forEach((loss, i) => {
      expect(parts[i]).toBeCloseTo(loss, 4);
      expect(reference[i]).toBeCloseTo(loss, 4);
    });
  });
});

describe('a PEFT run', () => {
  test('starts from the weights of its base, keeps them, and records where they are from', async () => {
    const pretrained = await collect(pretrainJob, pretraining());
    const job = jobFor('peft-transformer', {}, { base: 'run' });
    expect(canBeBase(pretrained.run, job, featureNames)).toBe(true);
    const random = await collect(runJob, jobFor('peft-transformer'));
    const onBase = await collect(runJob, job, sourceOf(pretrained));
    const frozen = (result: RunResult, name: string) => result.weights.find((tensor) => tensor.name === name)?.data;
    for (const name of ['input.weight', 'blocks.0.self_attn.in_proj_weight', 'norm.bias'])
      expect(frozen(onBase, name)).toEqual(frozen(pretrained, name));
    expect(onBase.run.base).toMatchObject({ kind: 'run', source: pretrained.run.job.runId });
    expect(random.run.base).toMatchObject({ kind: 'random', source: '' });
    expect(onBase.run.base?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(onBase.run.base?.sha256).not.toBe(random.run.base?.sha256);
    const warned = ({ run }: RunResult) => run.warnings.some(({ code }) => code === 'random-base');
    expect([warned(random), warned(onBase)]).toEqual([true, false]);
  });

  test('with LoRA trains adapters through the frozen blocks, the same bits again, and leaves the base', async () => {
    const job = jobFor('peft-transformer', { microBatchSize: 5 }, { loraRank: 2 });
    const [first, again] = [await collect(runJob, job), await collect(runJob, job)];
    const plain = await collect(runJob, jobFor('peft-transformer'));
    const valuesOf = ({ weights }: RunResult, name: string) => weights.find((tensor) => tensor.name === name)?.data;
    expect(valuesOf(first, 'blocks.0.self_attn.in_proj.lora_B.weight')?.some((value) => value !== 0)).toBe(true);
    expect(valuesOf(first, 'blocks.0.self_attn.in_proj_weight')).toEqual(valuesOf(plain, 'blocks.0.self_attn.in_proj_weight'));
    expect(first.run.base?.sha256).toBe(plain.run.base?.sha256);
    expect(again.weights).toEqual(first.weights);
  });

  test('takes a trained Transformer of the same shape, and no other', async () => {
    const trained = await collect(runJob, jobFor('transformer', { epochs: 1 }));
    const source = sourceOf(trained);
    const onBase = await collect(runJob, jobFor('peft-transformer', { epochs: 1 }, { base: 'run' }), source);
    expect(onBase.run.status).toBe('finished');
    const refused = (modelConfig: Job['modelConfig'], base: BaseSource) =>
      expect(collect(runJob, jobFor('peft-transformer', {}, modelConfig), base)).rejects;
    await refused({ base: 'run', heads: 4 }, source).toMatchObject({
      code: 'base-mismatch',
      parameters: { name: 'heads', value: '2', wanted: '4' },
    });
    await refused({ base: 'run' }, { ...source, features: ['other'] }).toMatchObject({
      code: 'base-mismatch',
      parameters: { name: 'features' },
    });
    const silent = { ...source, kind: 'file' as const, sizes: null, features: null };
    await refused({ base: 'file', blocks: 2 }, silent).toMatchObject({ code: 'invalid-weights', parameters: { reason: 'missing-tensor' } });
    await refused({ base: 'file', feedForward: 16 }, silent).toMatchObject({ code: 'invalid-weights', parameters: { reason: 'shape' } });
    const more = { ...silent, tensors: [...silent.tensors, { name: 'blocks.7.norm1.bias', shape: [1], data: new Float32Array(1) }] };
    await refused({ base: 'file' }, more).toMatchObject({ code: 'invalid-weights', parameters: { reason: 'unexpected-tensor' } });
    expect(canBeBase(trained.run, jobFor('peft-transformer', {}, { heads: 4 }), featureNames)).toBe(false);
  });
});
