/** Softmax along the last dimension: one dispatch each way where the device can, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { canFuse } from '../mode.ts';
import { runSoftmax, runSoftmaxBackward } from './program.ts';
import { softmax as reference } from './reference.ts';

const fused = tf.customGrad((x, save) => {
  const value = runSoftmax(x as tf.Tensor);
  keepForBackward(save, [value]);
  return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => runSoftmaxBackward(saved[0] as tf.Tensor, dy) };
});

/** `exp(x) / Σ exp(x)`, same shape. */
export const softmax = (x: tf.Tensor): tf.Tensor => (canFuse(64) ? fused(x) : reference(x));
