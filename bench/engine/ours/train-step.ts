/** A whole training step of ours over any parameters and loss: forward, backward, and AdamW on the flat arena. */
import * as tf from '@tensorflow/tfjs';
import type { Parameters } from '../../../src/models/model.ts';
import type { ParameterSpec } from '../../../src/models/parameter.ts';
import { createArena, parametersOf, viewsOf } from '../../../src/training/arena.ts';
import { adamW } from '../../../src/training/optimizer.ts';
import type { Contender } from '../contender.ts';
import { learningRate } from '../shapes.ts';
import { openOurs } from './device.ts';

/** Adam is AdamW without decay. */
const config = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

export interface Problem {
  readonly parameters: readonly ParameterSpec[];
  /** Uploads the batch; returns the loss over it. Its tensors live as long as the contender. */
  readonly prepare: () => { loss: (p: Parameters) => tf.Scalar; dispose: () => void };
}

export function trainStep({ parameters, prepare }: Problem): Contender {
  return {
    make: async () => {
      const ours = await openOurs();
      const arena = createArena(parameters, 1);
      const batch = prepare();
      let count = 0;
      let last: tf.Scalar | null = null;
      const step = (): void =>
        tf.tidy(() => {
          const { value, grads } = tf.valueAndGrads((...views: tf.Tensor[]) => batch.loss(parametersOf(arena, views)))(
            viewsOf(arena, arena.values),
          );
          const gradient = tf.concat(grads.map((g) => g.reshape([-1])) as tf.Tensor1D[]);
          adamW(arena, gradient, ++count, learningRate, config);
          last?.dispose();
          last = tf.keep(value);
        });
      return {
        device: ours.device,
        step: () => ours.run(step),
        readLoss: async () => (await last?.data())?.[0] ?? Number.NaN,
        dispose: () => {
          last?.dispose();
          arena.dispose();
          batch.dispose();
        },
      };
    },
  };
}
