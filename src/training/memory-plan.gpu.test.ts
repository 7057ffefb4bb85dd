/** What the plan says before the start is what the device holds after some steps and an evaluation. */
import { beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend, deviceBytes } from '../kernels/device/backend.ts';
import { releasePool } from '../kernels/launch/backend-access.ts';
import { preferredTiles } from '../kernels/mode.ts';
import { modelIds } from '../models/catalog.ts';
import { makeBatch } from './batch.ts';
import { createEngine } from './engine.ts';
import { evaluate } from './evaluate.ts';
import { defaultJob } from './job.ts';
import { planMemory } from './memory-plan.ts';
import { createStepper } from './stepper.ts';
import { makePrepared } from './toy-data.ts';

const [featureCount, time, bars, batchSize, microBatch, validationBatch] = [5, 40, 200, 6, 4, 3];

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

const cases = [
  ...modelIds.map((model) => [model, model, {}, false] as const),
  ['peft-transformer with LoRA', 'peft-transformer', { loraRank: 5 }, false] as const,
  // More blocks than the preset has, so that what they keep is most of it.
  ['transformer, computed anew', 'transformer', { blocks: 5 }, true] as const,
  ['moe-transformer, computed anew', 'moe-transformer', { blocks: 4 }, true] as const,
  ['peft-transformer with LoRA, computed anew', 'peft-transformer', { loraRank: 5, blocks: 4 }, true] as const,
];

test.each(cases)('%s: the plan is within 15 percent of what is held', async (name, model, changes, recompute) => {
  const prepared = makePrepared(bars, featureCount, time);
  const { modelConfig: own, ...job } = defaultJob('plan', model, 'tiny');
  const modelConfig = { ...own, ...changes };
  // Mixed batches are the dear ones for a frozen base: the plan is for them.
  const recomputation = recompute ? ('always' as const) : ('never' as const);
  const sizes = { batchSize, microBatchSize: microBatch, validationBatchSize: validationBatch, mixupProbability: 1, recomputation };
  releasePool();
  const before = deviceBytes();
  const engine = createEngine({ ...job, modelConfig, training: { ...job.training, ...sizes } }, prepared);
  const stepper = createStepper(engine);
  for (let step = 0; step < 3; step++) {
    const rows = prepared.windows.train.slice(step * batchSize, (step + 1) * batchSize);
    await stepper.take(makeBatch(prepared, rows, engine.classWeights, engine.training, step), step, 1e-3);
  }
  await stepper.settle();
  const pass = evaluate(engine, prepared, prepared.windows.validation.slice(0, 2 * validationBatch));
  for (let pulled = await pass.next(); !pulled.done; pulled = await pass.next());
  const held = deviceBytes() - before;
  backend.checkErrors();
  const tiles = preferredTiles();
  const cacheBytes = job.training.featureCacheMegabytes * 2 ** 20;
  const data = { time, featureCount, bars, batchSize, microBatch, validationBatch };
  const input = { model, modelConfig, ...data, tiles, cacheBytes, recompute };
  const { peak, bytes } = planMemory(input);
  // Neither a best copy nor what lies outside the engine's pool.
  const predicted = peak - bytes.best - bytes.staging;
  console.info(`${name}: predicted ${predicted}, held ${held}, ${(predicted / held).toFixed(3)}`);
  expect(predicted / held).toBeGreaterThan(0.85);
  expect(predicted / held).toBeLessThan(1.15);
  stepper.dispose();
  engine.dispose();
  releasePool();
  expect(deviceBytes()).toBeLessThanOrEqual(before);
});
