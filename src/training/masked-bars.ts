/** Masked bars: which bars of a window are hidden, and the squared error over exactly those. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../kernels/keep-for-backward.ts';
import { sumOfSquares } from '../kernels/rows/reference.ts';
import { createRandom, deriveSeed } from '../lib/random.ts';

/** Share of a window's bars that are hidden. */
const maskedShare = 0.15;

/** Hidden bars of a window of `time` bars, at least one. */
export const maskedCount = (time: number): number => Math.max(1, Math.round(maskedShare * time));

/**
 * 1 where a bar is hidden: the same number in each window, drawn without replacement.
 * @param seed of the pass @param first index of the first window in its batch, so that micro-batches draw the same bars
 * @param real windows; later ones are padding and hide nothing
 * @returns `[size, time]`
 */
export function drawMasks(seed: number, first: number, real: number, size: number, time: number): Float32Array {
  const masks = new Float32Array(size * time);
  const count = maskedCount(time);
  for (let row = 0; row < real; row++) {
    const random = createRandom(deriveSeed(seed, 'masked', first + row));
    for (let left = count, bar = 0; bar < time; bar++) {
      if (random() * (time - bar) >= left) continue;
      masks[row * time + bar] = 1;
      left--;
    }
  }
  return masks;
}

/**
 * `Σ mask·(predicted − actual)² / divisor`, differentiable in `predicted` alone.
 * @param predicted, actual `[batch, time, features]`, mask `[batch, time, 1]`
 */
export function maskedSquaredError(predicted: tf.Tensor, actual: tf.Tensor, mask: tf.Tensor, divisor: number): tf.Scalar {
  const error = tf.customGrad((given, save) => {
    const difference = (given as tf.Tensor).sub(actual).mul(mask);
    keepForBackward(save, [difference]);
    return {
      value: sumOfSquares(difference.reshape([-1])).div(divisor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => (saved[0] as tf.Tensor).mul(dy.mul(2 / divisor)),
    };
  });
  return error(predicted) as tf.Scalar;
}
