/** `torch.nn.LayerNorm` over the last dimension: one dispatch forward and three backward where the device can, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { columnSums } from '../column-sum/program.ts';
import { isConstant } from '../constant.ts';
import { keepForBackward } from '../keep-for-backward.ts';
import { gradientTarget } from '../launch/gradient-target.ts';
import { reshape } from '../lean.ts';
import { canFuse } from '../mode.ts';
import { runLayerNorm, runLayerNormBackward } from './program.ts';
import { layerNorm as reference } from './reference.ts';

function fused(rows: tf.Tensor2D, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const trains = !isConstant(weight);
  const run = (...given: unknown[]) => {
    const [value, normal, inverse] = runLayerNorm(rows, weight, bias);
    keepForBackward(given.at(-1), [normal, inverse]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [xHat, scale] = saved as [tf.Tensor, tf.Tensor];
        const dx = runLayerNormBackward(dy, weight, xHat, scale);
        if (!trains) return [dx];
        const { sums, products } = columnSums(dy, xHat, gradientTarget(bias), gradientTarget(weight));
        return [dx, products as tf.Tensor, sums];
      },
    };
  };
  return tf.customGrad(run as never)(...(trains ? [rows, weight, bias] : [rows]));
}

/**
 * @param x `[…, size]`, weight and bias `[size]`
 * @returns `[…, size]`: `(x − mean) / √(variance + 1e-5) · weight + bias`, biased variance
 */
export const layerNorm = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
  canFuse(64) ? reshape(fused(reshape(x, [-1, weight.size]) as tf.Tensor2D, weight, bias), x.shape) : reference(x, weight, bias);
