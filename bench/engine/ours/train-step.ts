/** A whole training step of ours over any parameters and loss: forward, backward into the flat gradient, and AdamW in place. */
import * as tf from '@tensorflow/tfjs';
import { updateInPlace } from '../../../src/kernels/adamw/op.ts';
import type { Parameters } from '../../../src/models/model.ts';
import type { ParameterSpec } from '../../../src/models/parameter.ts';
import { createArena } from '../../../src/training/arena.ts';
import { createStepState, differentiateInto } from '../../../src/training/fused-step.ts';
import type { Contender } from '../contender.ts';
import { learningRate } from '../shapes.ts';
import { openOurs } from './device.ts';

/** Adam is AdamW without decay. */
const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clipNorm: 0 };

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
      const state = createStepState(arena);
      const record = tf.keep(tf.zeros([8]));
      const batch = prepare();
      let count = 0;
      let last: tf.Scalar | null = null;
      const step = (): void =>
        tf.tidy(() => {
          const value = differentiateInto(arena, state.gradient, batch.loss, false);
          updateInPlace({ ...arena, ...state }, record, ++count, learningRate, settings);
          last?.dispose();
          last = tf.keep(value);
        });
      return {
        device: ours.device,
        step: () => ours.run(step),
        readLoss: async () => (await last?.data())?.[0] ?? Number.NaN,
        dispose: () => {
          tf.dispose([record, state.gradient, state.control]);
          last?.dispose();
          arena.dispose();
          batch.dispose();
        },
      };
    },
  };
}
