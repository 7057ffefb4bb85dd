/** Activations computed anew in the backward pass change a run's memory, not its numbers. */
import { beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import { makeBatch } from './batch.ts';
import { createEngine } from './engine.ts';
import type { TrainingConfig } from './fields.ts';
import { defaultJob } from './job.ts';
import { createStepper } from './stepper.ts';
import { makePrepared } from './toy-data.ts';

const [featureCount, time, bars, batchSize, steps] = [5, 19, 120, 5, 3];

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

interface Trained {
  readonly losses: number[];
  readonly norms: number[];
  readonly weights: Float32Array;
}

/** Steps in micro-batches with dropout, from the same seed. */
async function train(
  model: 'transformer' | 'moe-transformer' | 'peft-transformer',
  sizes: object,
  changes: Partial<TrainingConfig>,
): Promise<Trained> {
  const prepared = makePrepared(bars, featureCount, time);
  const { modelConfig, training, ...job } = defaultJob('anew', model, 'tiny');
  const own = { ...training, batchSize, microBatchSize: 3, ...changes };
  const engine = createEngine({ ...job, modelConfig: { ...modelConfig, ...sizes }, training: own }, prepared);
  const stepper = createStepper(engine);
  for (let step = 0; step < steps; step++) {
    const rows = prepared.windows.train.slice(step * batchSize, (step + 1) * batchSize);
    await stepper.take(makeBatch(prepared, rows, engine.classWeights, engine.training, step), step, 1e-2);
  }
  await stepper.settle();
  const outcomes = stepper.arrived();
  backend.checkErrors();
  const weights = (await engine.arena.values.data()) as Float32Array;
  stepper.dispose();
  engine.dispose();
  const losses = outcomes.map(({ classLoss, returnLoss, auxiliary }) => classLoss + returnLoss + auxiliary);
  return { losses, norms: outcomes.map(({ gradientNorm }) => gradientNorm), weights };
}

const cases = [
  ['transformer', {}],
  ['moe-transformer', { headDropout: 0.3 }],
  ['peft-transformer', { loraRank: 3 }],
] as const;

test.each(cases)('%s: bit for bit the losses, gradients and weights that it has with activations kept', async (model, sizes) => {
  const kept = await train(model, sizes, { recomputation: 'never' });
  const anew = await train(model, sizes, { recomputation: 'always' });
  expect(kept.losses).toHaveLength(steps);
  expect(new Set(kept.losses).size).toBe(steps);
  // The same operations in the same order, so the same bits; that they keep less is memory-plan.gpu.test.ts.
  expect(anew).toEqual(kept);
});
