/** GELU (erf): one dispatch each way where the device can, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { canFuse } from '../mode.ts';
import { runGelu, runGeluBackward } from './program.ts';
import { gelu as reference } from './reference.ts';

const fused = tf.customGrad((x, save) => {
  keepForBackward(save, [x as tf.Tensor]);
  return { value: runGelu(x as tf.Tensor), gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => runGeluBackward(saved[0] as tf.Tensor, dy) };
});

/** `x·(1 + erf(x/√2))/2`, same shape. */
export const gelu = (x: tf.Tensor): tf.Tensor => (canFuse(64) ? fused(x) : reference(x));
