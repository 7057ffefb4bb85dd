/** Features of the frozen base: kept or not, the run has the same bits; what is kept is not computed again; a full or a changed base is handled. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import { type KernelMode, setKernelMode } from '../kernels/mode.ts';
import { createBaseFeatures } from './base-features.ts';
import { createEngine } from './engine.ts';
import { evaluate } from './evaluate.ts';
import { defaultJob, type Job } from './job.ts';
import { makePrepared } from './toy-data.ts';
import { checkpointOf, createTrainState, disposeTrainState, train } from './train.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

/** Base of the toy: the row itself and its square, so that a wrong slot shows; counts its passes. */
function toyBase(capacity: number, rows: number, group = 4, most = 6) {
  const passes: number[][] = [];
  const factor = { value: 1 };
  const features = createBaseFeatures({
    width: 2,
    windows: Int32Array.from({ length: rows }, (_, i) => 10 + i),
    group,
    most,
    bytes: capacity * 8,
    compute: (asked, mix) => {
      passes.push([...asked]);
      const shift = mix ? 0.5 : 0;
      return tf.tensor2d(Array.from(asked, (row) => [factor.value * row + shift, row * row]));
    },
  });
  const ask = async (...asked: number[]): Promise<number[]> => {
    const out = features.of(Int32Array.from(asked), null);
    const values = await out.data();
    out.dispose();
    return Array.from(values).filter((_, i) => i % 2 === 0);
  };
  return { features, passes, factor, ask };
}

describe.each(['fused', 'reference'] as const)('the table, %s', (mode: KernelMode) => {
  const inMode = async (work: () => Promise<void>): Promise<void> => {
    setKernelMode(mode);
    await work().finally(() => setKernelMode('fused'));
    backend.checkErrors();
  };

  test('each window is computed once, always in whole groups, the last filled with windows needed later', () =>
    inMode(async () => {
      const { features, passes, ask } = toyBase(100, 9);
      expect(await ask(12, 15, 12, 11, 18, 14)).toEqual([12, 15, 12, 11, 18, 14]);
      expect(passes).toEqual([
        [12, 15, 11, 18],
        [14, 10, 13, 16],
      ]);
      expect(await ask(10, 13, 16, 16)).toEqual([10, 13, 16, 16]);
      expect(passes).toHaveLength(2);
      // The only one left: its group repeats it.
      expect(await ask(17, 10)).toEqual([17, 10]);
      expect(passes[2]).toEqual([17, 17, 17, 17]);
      expect(features.kept()).toBe(9);
      features.dispose();
    }));

  test.each([0, 3])('with room for %i windows the values are the same', (capacity) =>
    inMode(async () => {
      const { features, ask } = toyBase(capacity, 9);
      for (let round = 0; round < 3; round++) {
        expect(await ask(12, 15, 12, 11, 18, 14)).toEqual([12, 15, 12, 11, 18, 14]);
        expect(await ask(17, 18, 10)).toEqual([17, 18, 10]);
      }
      expect(features.kept()).toBe(capacity);
      features.dispose();
    }),
  );

  test('mixed windows are never kept, and a changed base is asked again', () =>
    inMode(async () => {
      const { features, factor, ask } = toyBase(100, 9);
      const mixed = features.of(Int32Array.of(10, 11), { lambda: 0.5, partners: Int32Array.of(11, 10) });
      expect((await mixed.data())[0]).toBe(10.5);
      expect(features.kept()).toBe(0);
      expect(await ask(10)).toEqual([10]);
      factor.value = 2;
      expect(await ask(10)).toEqual([10]);
      features.forget();
      expect(await ask(10)).toEqual([20]);
      mixed.dispose();
      features.dispose();
    }));
});

const prepared = makePrepared(73, 5, 6);
const jobFor = (training: Partial<Job['training']>): Job => {
  const job = defaultJob('test', 'peft-transformer', 'tiny');
  const sizes = { epochs: 3, batchSize: 16, validationBatchSize: 7, learningRate: 2e-3, mixupProbability: 0.5 };
  return { ...job, training: { ...job.training, ...sizes, ...training } };
};

/** A whole run: losses, weights, test logits, and passes of the base. */
async function run(job: Job) {
  const engine = createEngine(job, prepared);
  const state = createTrainState(engine);
  const losses: number[] = [];
  const loop = train(engine, prepared, state, { signal: new AbortController().signal, elapsedMs: () => 0 });
  for (let pulled = await loop.next(); !pulled.done; pulled = await loop.next()) {
    if (pulled.value.type === 'stepped') losses.push(pulled.value.metrics['train/loss'] as number);
    if (pulled.value.type === 'evaluated') losses.push(pulled.value.record.metrics['validation/loss'] as number);
  }
  const weights = (await checkpointOf(engine, state)).values;
  const pass = evaluate(engine, prepared, prepared.windows.test);
  let pulled = await pass.next();
  while (!pulled.done) pulled = await pass.next();
  const kept = engine.base?.kept();
  state.best?.dispose();
  disposeTrainState(state);
  engine.dispose();
  backend.checkErrors();
  return { losses, weights, logits: pulled.value.predictions.logits, kept };
}

test.each([0, 5])('a run with mixup has the same bits with and without the cache, micro-batch %i', async (microBatchSize) => {
  const [kept, fresh] = [await run(jobFor({ microBatchSize })), await run(jobFor({ microBatchSize, featureCacheMegabytes: 0 }))];
  // Windows that were only ever met mixed are not among them.
  expect(kept.kept).toBeGreaterThanOrEqual(54);
  expect(fresh.kept).toBe(0);
  expect(kept.losses).toHaveLength(12);
  expect(kept.losses).toEqual(fresh.losses);
  expect(kept.weights).toEqual(fresh.weights);
  expect(kept.logits).toEqual(fresh.logits);
});
