/** Matrix product with its backward written out: tiles chosen for the device under fused kernels, tfjs' own product in the reference. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { canFuse } from '../mode.ts';
import { runProduct } from './program.ts';

/** Not differentiable: for use inside explicit backward passes. Leading dimensions must be equal. */
export const product = (a: tf.Tensor, b: tf.Tensor, transposeA = false, transposeB = false): tf.Tensor =>
  canFuse(256) ? runProduct(a, b, { transposeA, transposeB }).c : tf.matMul(a, b, transposeA, transposeB);

const differentiable = (transposeB: boolean) =>
  tf.customGrad((x, y, save) => {
    const [a, b] = [x as tf.Tensor, y as tf.Tensor];
    keepForBackward(save, [a, b]);
    return {
      value: product(a, b, false, transposeB),
      gradFunc: (dc: tf.Tensor, saved: tf.Tensor[]) => {
        const [keptA, keptB] = saved as [tf.Tensor, tf.Tensor];
        return [product(dc, keptB, false, !transposeB), transposeB ? product(dc, keptA, true) : product(keptA, dc, true)];
      },
    };
  });
const plain = differentiable(false);
const transposed = differentiable(true);

/**
 * `A·B`, or `A·Bᵀ` where `transposeB`; differentiable in both.
 * @param a `[…, M, K]`, b `[…, K, N]` or `[…, N, K]`, equal leading dimensions
 * @returns `[…, M, N]`
 */
export const matMul = (a: tf.Tensor, b: tf.Tensor, transposeB = false): tf.Tensor => (transposeB ? transposed(a, b) : plain(a, b));
