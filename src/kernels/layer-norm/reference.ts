/** `torch.nn.LayerNorm` over the last dimension in stock operations. */
import type * as tf from '@tensorflow/tfjs';

const epsilon = 1e-5;

/**
 * @param x `[…, size]`, weight and bias `[size]`
 * @returns `[…, size]`: `(x − mean) / √(variance + 1e-5) · weight + bias`, biased variance
 */
export function layerNorm(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const centred = x.sub(x.mean(-1, true));
  const variance = centred.square().mean(-1, true);
  return centred.mul(variance.add(epsilon).rsqrt()).mul(weight).add(bias);
}
