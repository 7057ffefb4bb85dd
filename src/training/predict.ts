/** A trained model on bars it need not have seen: probabilities and returns of every window, by the same engine and the same pass as the test part. */
import type { PreparedForModel } from '../data/prepare-for-model.ts';
import { releasePool } from '../kernels/launch/backend-access.ts';
import { probabilitiesOf } from '../lib/class-probabilities.ts';
import type { ParameterSpec } from '../models/parameter.ts';
import { createEngine } from './engine.ts';
import { answer } from './evaluate.ts';
import type { Job } from './job.ts';

export interface PredictSetup {
  /** Fitted to the device. */
  readonly job: Job;
  readonly featureNames: readonly string[];
  readonly sequenceLength: number;
  readonly prepared: Pick<PreparedForModel, 'features' | 'windows'>;
  readonly valuesOf: (spec: ParameterSpec) => Float32Array;
  /** @throws where the device reported an error since the last call */
  readonly checkErrors: () => void;
}

export interface Predicted {
  /** Down, flat, up. `[windows, 3]` */
  readonly probabilities: Float32Array;
  /** In standard deviations of the training returns. `[windows]` */
  readonly returns: Float32Array;
}

const none = new Int32Array();

/** Yields the number of windows done after each batch. Frees everything it put on the device, however it ends. */
export async function* predict(setup: PredictSetup): AsyncGenerator<number, Predicted> {
  const { job, featureNames, sequenceLength, prepared } = setup;
  // Each window is asked for once: nothing a base says of it need be kept.
  const once = { ...job, training: { ...job.training, featureCacheMegabytes: 0 } };
  const summary = { featureNames, classWeights: [1, 1, 1] as const, sequenceLength: { value: sequenceLength } };
  const windows = { train: none, validation: none, test: prepared.windows };
  const engine = createEngine(once, { features: prepared.features, windows, summary }, setup.valuesOf);
  try {
    const pass = answer(engine, prepared.windows);
    let pulled = await pass.next();
    for (; !pulled.done; pulled = await pass.next()) {
      setup.checkErrors();
      yield pulled.value;
    }
    setup.checkErrors();
    return { probabilities: probabilitiesOf(pulled.value.logits), returns: pulled.value.returns };
  } finally {
    engine.dispose();
    releasePool();
  }
}
