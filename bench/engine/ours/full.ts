/** The studio's own training step of a model at its full preset, on made data: gather, forward, loss, backward, clip, AdamW, metrics. */
import type { ModelId } from '../../../src/models/catalog.ts';
import { makeBatch } from '../../../src/training/batch.ts';
import { createEngine } from '../../../src/training/engine.ts';
import { defaultJob } from '../../../src/training/job.ts';
import { createStepper } from '../../../src/training/stepper.ts';
import { makePrepared } from '../../../src/training/toy-data.ts';
import type { Bench } from '../contender.ts';
import { openOurs } from './device.ts';

const [features, time] = [16, 500];

/** @param windows in one step, in micro-batches of `micro` (0: at once); the row tells milliseconds per `perWindow ? window : step` */
export function oursFull(model: ModelId, windows: number, micro: number, perWindow: boolean): Bench {
  const make = async () => {
    const ours = await openOurs();
    const job = defaultJob('bench', model, 'full');
    const training = { ...job.training, batchSize: windows, microBatchSize: micro, mixup: false };
    const prepared = makePrepared(time + 400, features, time);
    const engine = createEngine({ ...job, training }, prepared);
    const batch = makeBatch(prepared, prepared.windows.train.slice(0, windows), engine.classWeights, training, 0);
    const stepper = createStepper(engine);
    let count = 0;
    return {
      device: ours.device,
      step: () =>
        ours.run(async () => {
          await stepper.take(batch, count++, training.learningRate);
          if (stepper.arrived().some(({ applied }) => !applied)) throw new Error('the step was not finite');
        }),
      dispose: () => {
        stepper.dispose();
        engine.dispose();
      },
    };
  };
  return { ours: { make }, peers: {}, facts: { windows, per: perWindow ? 'window' : 'step' }, unitsPerStep: perWindow ? windows : 1 };
}
