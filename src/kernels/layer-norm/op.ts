/** `torch.nn.LayerNorm` over the last dimension: one dispatch each way where the device can, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { canFuse } from '../mode.ts';
import { columnSum } from '../rows/reference.ts';
import { runLayerNorm, runLayerNormBackward } from './program.ts';
import { layerNorm as reference } from './reference.ts';

const fused = tf.customGrad((x, weight, bias, save) => {
  const w = weight as tf.Tensor;
  const [value, normal, inverse] = runLayerNorm(x as tf.Tensor2D, w, bias as tf.Tensor);
  keepForBackward(save, [normal, inverse, w]);
  return {
    value,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [xHat, scale, kept] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      const [dx, weighted] = runLayerNormBackward(dy, kept, xHat, scale);
      const gradients = [dx, columnSum(weighted), columnSum(dy as tf.Tensor2D)];
      weighted.dispose();
      return gradients;
    },
  };
});

/**
 * @param x `[…, size]`, weight and bias `[size]`
 * @returns `[…, size]`: `(x − mean) / √(variance + 1e-5) · weight + bias`, biased variance
 */
export const layerNorm = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
  canFuse(64) ? fused(x.reshape([-1, weight.size]), weight, bias).reshape(x.shape) : reference(x, weight, bias);
