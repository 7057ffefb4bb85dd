/** Long runs hold what short ones hold: tensors, GPU buffers and their bytes after the first steps and after many (`npm run soak` takes 10,000). */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { installCounters, readBytes } from '../../bench/engine/counters.ts';
import { type Backend, bringUpBackend, deviceBytes } from '../kernels/device/backend.ts';
import { accessBackend } from '../kernels/launch/backend-access.ts';
import { modelIds } from '../models/catalog.ts';
import { epochOrder, makeBatch } from './batch.ts';
import { createEngine } from './engine.ts';
import { defaultJob } from './job.ts';
import { createStepper } from './stepper.ts';
import { makePrepared } from './toy-data.ts';

const [early, late] = (import.meta.env.VITE_LEAK_STEPS ?? '20,200').split(',').map(Number) as [number, number];
const time = 6;

/** What is held at one moment. The browser's own count of buffers and bytes stands beside the engine's, which knows of its pool only. */
function heldNow() {
  const { buffers, live } = readBytes(accessBackend().device);
  return { tensors: tf.memory().numTensors, engineBytes: deviceBytes(), buffers, bytes: live };
}

let backend: Backend;
beforeAll(async () => {
  installCounters();
  backend = await bringUpBackend('webgpu');
});

test.each(modelIds)(
  `%s: as many tensors, GPU buffers and bytes after step ${late} as after step ${early}`,
  async (model) => {
    const prepared = makePrepared(73, 5, time);
    const job = defaultJob('leak', model, 'tiny');
    // A batch of five in micro-batches of two: padding and accumulation are part of every step; the last batch of an epoch is short.
    const engine = createEngine({ ...job, training: { ...job.training, batchSize: 5, microBatchSize: 2 } }, prepared);
    const stepper = createStepper(engine);
    const stepsPerEpoch = Math.ceil(prepared.windows.train.length / 5);
    const held: ReturnType<typeof heldNow>[] = [];
    let arrived = 0;
    for (let step = 0; step < late; step++) {
      const order = epochOrder(prepared.windows.train, 1, Math.floor(step / stepsPerEpoch));
      const first = (step % stepsPerEpoch) * 5;
      await stepper.take(makeBatch(prepared, order.slice(first, first + 5), engine.classWeights, engine.training, step), step, 1e-3);
      arrived += stepper.arrived().length;
      if (step + 1 !== early && step + 1 !== late) continue;
      await stepper.settle();
      arrived += stepper.arrived().length;
      held.push(heldNow());
    }
    backend.checkErrors();
    expect(arrived).toBe(late);
    expect(held[1]).toEqual(held[0]);
    expect(held[0]?.buffers).toBeGreaterThan(0);
    const [at, after] = held.map((one) => JSON.stringify(one));
    console.info(`${model}: step ${early} ${at}, step ${late} ${after}`);
    stepper.dispose();
    engine.dispose();
  },
  7_200_000,
);
