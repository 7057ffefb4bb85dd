/** Global-norm clip and AdamW over the flat arena, with PyTorch's order of operations. */
import * as tf from '@tensorflow/tfjs';
import { sumOfSquares } from '../kernels/rows/reference.ts';
import type { Arena } from './arena.ts';
import type { TrainingConfig } from './fields.ts';

/** Euclidean norm of all gradients together. @param gradient `[P]` */
export const globalNorm = (gradient: tf.Tensor1D): tf.Scalar => tf.tidy(() => sumOfSquares(gradient).sqrt());

/** `torch.nn.utils.clip_grad_norm_`: multiplies by `min(1, maxNorm / (norm + 1e-6))`. 0 turns it off. */
export function clipGradient(gradient: tf.Tensor1D, norm: tf.Scalar, maxNorm: number): tf.Tensor1D {
  if (maxNorm === 0) return gradient;
  return tf.tidy(() => gradient.mul(tf.minimum(tf.scalar(maxNorm).div(norm.add(1e-6)), 1)));
}

type AdamWConfig = Pick<TrainingConfig, 'beta1' | 'beta2' | 'epsilon' | 'weightDecay'>;

/**
 * `torch.optim.AdamW`, one step over every trainable value.
 * @param gradient `[P]`, clipped
 * @param step 1-based count of steps, for the bias correction
 */
export function adamW(arena: Arena, gradient: tf.Tensor1D, step: number, learningRate: number, config: AdamWConfig): void {
  const { beta1, beta2, epsilon, weightDecay } = config;
  tf.tidy(() => {
    const m = arena.firstMoment.mul(beta1).add(gradient.mul(1 - beta1)) as tf.Tensor1D;
    const v = arena.secondMoment.mul(beta2).add(gradient.square().mul(1 - beta2)) as tf.Tensor1D;
    const denominator = v
      .sqrt()
      .div(Math.sqrt(1 - beta2 ** step))
      .add(epsilon);
    const move = m.div(denominator).mul(learningRate / (1 - beta1 ** step));
    arena.values.assign(arena.values.mul(1 - learningRate * weightDecay).sub(move) as tf.Tensor1D);
    arena.firstMoment.assign(m);
    arena.secondMoment.assign(v);
  });
}
