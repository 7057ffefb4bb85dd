/** `torch.nn.Linear` in stock operations, with its backward written out: the bias gradient as a product with ones, since a tall column sum is slow. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { matMul, product } from '../matmul/op.ts';
import { columnSum } from '../rows/reference.ts';

const flat = (x: tf.Tensor): tf.Tensor2D => x.reshape([-1, x.shape[x.shape.length - 1] as number]);

const withBias = tf.customGrad((x, weight, bias, save) => {
  const [input, w, b] = [x as tf.Tensor2D, weight as tf.Tensor2D, bias as tf.Tensor];
  keepForBackward(save, [input, w]);
  return {
    value: product(input, w, false, true).add(b),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [kept, keptWeight] = saved as [tf.Tensor2D, tf.Tensor2D];
      const gradient = dy as tf.Tensor2D;
      return [product(gradient, keptWeight), product(gradient, kept, true), columnSum(gradient)];
    },
  };
});

/**
 * `y = x·Wᵀ + b`.
 * @param x `[…, in]`, weight `[out, in]` as PyTorch keeps it, bias `[out]` or null
 * @returns `[…, out]`
 */
export function linear(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor | null): tf.Tensor {
  const rows = flat(x);
  const y = bias ? withBias(rows, weight, bias) : matMul(rows, weight, true);
  return y.reshape([...x.shape.slice(0, -1), weight.shape[0] as number]);
}
