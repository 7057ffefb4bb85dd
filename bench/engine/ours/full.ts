/** The studio's own training step of a model at its full preset, on made data: gather, forward, loss, backward, clip, AdamW, metrics. */

import type { Prepared } from '../../../src/data/prepared.ts';
import { prefersRegisterTiles } from '../../../src/kernels/mode.ts';
import type { ModelId } from '../../../src/models/catalog.ts';
import { makeBatch } from '../../../src/training/batch.ts';
import { createEngine, type Engine } from '../../../src/training/engine.ts';
import { defaultJob } from '../../../src/training/job.ts';
import { planMemory } from '../../../src/training/memory-plan.ts';
import { createStepper } from '../../../src/training/stepper.ts';
import { makePrepared } from '../../../src/training/toy-data.ts';
import type { Bench, Running } from '../contender.ts';
import { type OurDevice, openOurs } from './device.ts';
import { checkReference } from './reference-check.ts';

const [features, time] = [16, 500];
const bars = time + 400;

/** What the memory plan says of such steps: no epoch ends, so there is no copy of the best weights. */
function predictedBytes(model: ModelId, windows: number, micro: number, recompute: boolean): number {
  const { modelConfig } = defaultJob('bench', model, 'full');
  const microBatch = micro === 0 ? windows : micro;
  const registerTiles = prefersRegisterTiles();
  const size = { time, featureCount: features, bars, batchSize: windows, microBatch, validationBatch: microBatch, registerTiles };
  const { peak, bytes } = planMemory({ model, modelConfig, ...size, recompute });
  return peak - bytes.best;
}

/** The same step again and again over the first windows. The engine is disposed with it. */
export function engineStep(ours: OurDevice, engine: Engine, prepared: Prepared, windows: number): Running {
  const batch = makeBatch(prepared, prepared.windows.train.slice(0, windows), engine.classWeights, engine.training, 0);
  const stepper = createStepper(engine);
  let count = 0;
  return {
    device: ours.device,
    step: () =>
      ours.run(async () => {
        await stepper.take(batch, count++, engine.training.learningRate);
        if (stepper.arrived().some(({ applied }) => !applied)) throw new Error('the step was not finite');
      }),
    dispose: () => {
      stepper.dispose();
      engine.dispose();
    },
  };
}

/** @param windows in one step, in micro-batches of `micro` (0: at once); the row tells milliseconds per `perWindow ? window : step` @param anew activations are computed in the backward pass */
export function oursFull(model: ModelId, windows: number, micro: number, perWindow: boolean, anew = false): Bench {
  const setUp = () => {
    const job = defaultJob('bench', model, 'full');
    // Without the cache: a step that runs the frozen base is what the row is about.
    const recomputation = anew ? ('always' as const) : ('never' as const);
    const own = { batchSize: windows, microBatchSize: micro, mixup: false, featureCacheMegabytes: 0, recomputation };
    return { job: { ...job, training: { ...job.training, ...own } }, prepared: makePrepared(bars, features, time) };
  };
  const make = async () => {
    const ours = await openOurs();
    const { job, prepared } = setUp();
    return engineStep(ours, createEngine(job, prepared), prepared, windows);
  };
  const check = async (progress: (line: string) => unknown) => {
    const { job, prepared } = setUp();
    return checkReference(await openOurs(), job, prepared, windows, progress);
  };
  const facts = () => ({ windows, per: perWindow ? 'window' : 'step', predicted_bytes: predictedBytes(model, windows, micro, anew) });
  return { ours: { make }, peers: {}, facts, unitsPerStep: perWindow ? windows : 1, check };
}
