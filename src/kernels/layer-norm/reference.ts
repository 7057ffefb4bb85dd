/** `torch.nn.LayerNorm` over the last dimension in stock operations, with its backward written out. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { columnSum, rowMean } from '../rows/reference.ts';

const epsilon = 1e-5;

/** Rows `[rows, size]`; `x̂ = (x − mean)/√(variance + ε)`, `dx = (g − mean(g) − x̂·mean(g·x̂))/√(variance + ε)` with `g = dy·weight`. */
const normalizeRows = tf.customGrad((x, weight, bias, save) => {
  const [input, w, b] = [x as tf.Tensor2D, weight as tf.Tensor1D, bias as tf.Tensor];
  const [normal, scale] = tf.tidy(() => {
    const centred = input.sub(rowMean(input));
    const inverse = rowMean(centred.square()).add(epsilon).rsqrt();
    return [centred.mul(inverse), inverse];
  });
  keepForBackward(save, [normal as tf.Tensor, scale as tf.Tensor, w]);
  return {
    value: tf.tidy(() => (normal as tf.Tensor).mul(w).add(b)),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [xHat, inverse, kept] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];
      const dx = tf.tidy(() => {
        const g = dy.mul(kept);
        return g
          .sub(rowMean(g))
          .sub(xHat.mul(rowMean(g.mul(xHat))))
          .mul(inverse);
      });
      return [dx, tf.tidy(() => columnSum(dy.mul(xHat) as tf.Tensor2D)), columnSum(dy as tf.Tensor2D)];
    },
  };
});

/**
 * @param x `[…, size]`, weight and bias `[size]`
 * @returns `[…, size]`: `(x − mean) / √(variance + 1e-5) · weight + bias`, biased variance
 */
export function layerNorm(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  return normalizeRows(x.reshape([-1, weight.size]), weight, bias).reshape(x.shape);
}
