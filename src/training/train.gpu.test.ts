import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import { setKernelMode } from '../kernels/mode.ts';
import { type ModelId, modelIds } from '../models/catalog.ts';
import type { Checkpoint } from './checkpoint.ts';
import { createEngine } from './engine.ts';
import { defaultJob, type Job } from './job.ts';
import { totalLoss } from './losses.ts';
import { makePrepared } from './toy-data.ts';
import { checkpointOf, createTrainState, disposeTrainState, train } from './train.ts';

const time = 6;
const prepared = makePrepared(73, 5, time);
let backend: Backend;

beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

const jobFor = (model: ModelId, training: Partial<Job['training']> = {}, modelConfig: Job['modelConfig'] = {}): Job => {
  const job = defaultJob('test', model, 'tiny');
  return {
    ...job,
    modelConfig: { ...job.modelConfig, ...modelConfig },
    training: { ...job.training, epochs: 2, batchSize: 16, validationBatchSize: 16, learningRate: 2e-3, ...training },
  };
};

const options = () => ({ signal: new AbortController().signal, elapsedMs: () => 0 });

interface Trained {
  losses: number[];
  validation: number[];
  weights: Float32Array;
}

/** Trains to the end, or `steps` steps when given, with a pause after the third; returns what was seen. */
async function run(
  job: Job,
  steps = Number.POSITIVE_INFINITY,
  from?: Checkpoint,
  pauseMs = 0,
): Promise<Trained & { checkpoint: Checkpoint }> {
  const engine = createEngine(job, prepared);
  const state = createTrainState(engine, from);
  const seen: Trained = { losses: [], validation: [], weights: new Float32Array() };
  const loop = train(engine, prepared, state, options());
  for (let pulled = await loop.next(); ; pulled = await loop.next()) {
    backend.checkErrors();
    if (pulled.done) break;
    if (pulled.value.type === 'stepped') seen.losses.push(pulled.value.metrics['train/loss'] as number);
    if (pulled.value.type === 'evaluated') seen.validation.push(pulled.value.record.metrics['validation/loss'] as number);
    if (pulled.value.type === 'stepped' && pulled.value.step === 3) await new Promise((resume) => setTimeout(resume, pauseMs));
    if (pulled.value.type === 'stepped' && pulled.value.step === steps) break;
  }
  const checkpoint = await checkpointOf(engine, state);
  // Steps that were under way when the loop was left.
  for (const outcome of state.unseen) seen.losses.push(totalLoss(outcome, engine.training));
  seen.weights = checkpoint.values;
  state.best?.dispose();
  disposeTrainState(state);
  engine.dispose();
  return { ...seen, checkpoint };
}

describe.each(modelIds)('%s', (model) => {
  test('holds the same number of tensors after every step and none at the end', async () => {
    const before = tf.memory().numTensors;
    const engine = createEngine(jobFor(model), prepared);
    const state = createTrainState(engine);
    const counts: number[] = [];
    const loop = train(engine, prepared, state, options());
    for (let pulled = await loop.next(); ; pulled = await loop.next()) {
      if (pulled.done) break;
      if (pulled.value.type === 'stepped') counts.push(tf.memory().numTensors - (state.best ? 1 : 0));
    }
    state.best?.dispose();
    disposeTrainState(state);
    engine.dispose();
    expect(counts.length).toBe(6);
    expect(new Set(counts).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
    backend.checkErrors();
  });

  test('gives the same bits over 20 steps for the same seed, others for another, paused or not, and continues from a checkpoint on the same curve', async () => {
    // Four windows a step: ten steps an epoch; the cut falls into the second.
    const job = jobFor(model, { batchSize: 4 });
    const whole = await run(job);
    expect(whole.losses.length).toBe(20);
    const cut = await run(job, 13, undefined, 30);
    const rest = await run(job, Number.POSITIVE_INFINITY, structuredClone(cut.checkpoint));
    expect([...cut.losses, ...rest.losses]).toEqual(whole.losses);
    expect([...cut.validation, ...rest.validation]).toEqual(whole.validation);
    expect(rest.weights).toEqual(whole.weights);
    const other = await run(jobFor(model, { batchSize: 4, seed: 2 }), 2);
    expect(other.losses.slice(0, 2)).not.toEqual(whole.losses.slice(0, 2));
  });

  test('trains in micro-batches as with the whole batch', async () => {
    // The auxiliary loss is defined over a micro-batch's tokens, so it is left out here.
    const whole = await run(jobFor(model, { auxiliaryWeight: 0 }), 3);
    const parts = await run(jobFor(model, { auxiliaryWeight: 0, microBatchSize: 5 }), 3);
    expect(whole.losses.length).toBeGreaterThanOrEqual(3);
    whole.losses.slice(0, 3).forEach((loss, i) => {
      expect(parts.losses[i]).toBeCloseTo(loss, 4);
    });
  });
});

test('a pause tells every step that was taken, and a single step after it is one step', async () => {
  const engine = createEngine(jobFor('gru', { batchSize: 4 }), prepared);
  const state = createTrainState(engine);
  let single = false;
  const loop = train(engine, prepared, state, { ...options(), single: () => single });
  const seen: number[] = [];
  const settle = async (): Promise<void> => {
    for (let pulled = await loop.next(); ; pulled = await loop.next()) {
      if (pulled.done) throw new Error('ended before it was settled');
      if (pulled.value.type === 'stepped') seen.push(pulled.value.step);
      if (pulled.value.type === 'settled') return;
    }
  };
  for (let pulled = await loop.next(); !pulled.done; pulled = await loop.next()) {
    if (pulled.value.type !== 'stepped') continue;
    seen.push(pulled.value.step);
    if (pulled.value.step === 3) break;
  }
  single = true;
  await settle();
  expect(seen).toEqual(Array.from({ length: state.step }, (_, index) => index + 1));
  for (let press = 0; press < 3; press++) {
    const before = state.step;
    await settle();
    expect([state.step, seen.at(-1), seen.length]).toEqual([before + 1, before + 1, before + 1]);
  }
  await loop.return(undefined as never);
  state.best?.dispose();
  disposeTrainState(state);
  engine.dispose();
});

test('an epoch tells what the router of each block did, and their mean is the auxiliary loss of the whole', async () => {
  const job = jobFor('moe-transformer', { epochs: 1 }, { blocks: 3 });
  const engine = createEngine(job, prepared);
  const state = createTrainState(engine);
  const loop = train(engine, prepared, state, options());
  for (let pulled = await loop.next(); !pulled.done; pulled = await loop.next()) backend.checkErrors();
  const { metrics } = state.epochs[0] as (typeof state.epochs)[number];
  const each = (name: string): number[] => [0, 1, 2].map((block) => metrics[`validation/${name}/block${block}`] as number);
  const own = each('auxiliary');
  expect(own.reduce((sum, value) => sum + value, 0) / 3).toBeCloseTo(metrics['validation/auxiliary'] as number, 5);
  expect(new Set(own).size).toBe(3);
  for (const entropy of each('routerEntropy')) {
    expect(entropy).toBeGreaterThan(0);
    expect(entropy).toBeLessThanOrEqual(1.00001);
  }
  expect(Object.keys(metrics).filter((path) => path.includes('block'))).toHaveLength(6);
  state.best?.dispose();
  disposeTrainState(state);
  engine.dispose();
});

test.each(['fused', 'reference'] as const)(
  'a step tells the auxiliary loss of each block, and their mean is what the loss was given, under %s kernels',
  async (mode) => {
    setKernelMode(mode);
    try {
      // Two micro-batches a step: their means are joined.
      const job = jobFor('moe-transformer', { epochs: 1, microBatchSize: 8 }, { blocks: 3 });
      const engine = createEngine(job, prepared);
      const state = createTrainState(engine);
      const loop = train(engine, prepared, state, options());
      let steps = 0;
      for (let pulled = await loop.next(); !pulled.done; pulled = await loop.next()) {
        backend.checkErrors();
        if (pulled.value.type !== 'stepped') continue;
        steps++;
        const { metrics } = pulled.value;
        const own = [0, 1, 2].map((block) => metrics[`train/auxiliary/block${block}`] as number);
        expect(own.reduce((sum, value) => sum + value, 0) / 3).toBeCloseTo(metrics['train/auxiliary'] as number, 5);
        expect(new Set(own).size).toBe(3);
        expect(Math.min(...own)).toBeGreaterThan(0);
        // Stock operations are slow on a software adapter, and the first step says it all.
        if (mode === 'reference') break;
      }
      expect(steps).toBe(mode === 'fused' ? 3 : 1);
      state.best?.dispose();
      disposeTrainState(state);
      engine.dispose();
    } finally {
      setKernelMode('fused');
    }
  },
);

test.each(['gru', 'transformer'] as const)('%s learns what can be learned', async (model) => {
  const { validation } = await run(jobFor(model, { epochs: 15, learningRate: 6e-3, patience: 0 }));
  expect(Math.min(...validation)).toBeLessThan((validation[0] as number) * 0.85);
});

test('a step that is not finite leaves the weights as they were and ends the run', async () => {
  const job = jobFor('gru', { learningRate: 1, epochs: 1 });
  const poisoned = { ...prepared, features: prepared.features.slice() };
  const engine = createEngine(job, poisoned);
  const before = (await engine.arena.values.data()).slice();
  const bad = engine.features;
  const nan = tf.fill(bad.shape, Number.NaN) as tf.Tensor2D;
  const broken = { ...engine, features: nan };
  const state = createTrainState(broken);
  const loop = train(broken, poisoned, state, options());
  let pulled = await loop.next();
  while (!pulled.done && pulled.value.type === 'compiling') pulled = await loop.next();
  if (!pulled.done) throw new Error('the step was counted');
  expect(pulled.value.stoppedBy).toBe('not-finite');
  expect(await state.best?.data()).toEqual(before);
  state.best?.dispose();
  disposeTrainState(state);
  nan.dispose();
  engine.dispose();
});
