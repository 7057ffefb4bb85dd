/**
 * Sums and maxima along the last dimension in stock operations. tfjs' own reductions give every row a workgroup with barriers,
 * which a software adapter pays dearly (4,096 rows: hundreds of milliseconds); pooling gives every row one thread instead.
 */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { matMul, product } from '../matmul/op.ts';

const lengthOf = (x: tf.Tensor): number => x.shape[x.shape.length - 1] as number;

function pooled(x: tf.Tensor, pool: typeof tf.avgPool): tf.Tensor {
  const length = lengthOf(x);
  const rows = x.size / length;
  return pool(x.reshape([rows, 1, length, 1]) as tf.Tensor4D, [1, length], [1, length], 'valid').reshape([...x.shape.slice(0, -1), 1]);
}

/** `[…, n]` → `[…, 1]`. No gradient: for use inside explicit backward passes. */
export const rowMean = (x: tf.Tensor): tf.Tensor => pooled(x, tf.avgPool);
export const rowSum = (x: tf.Tensor): tf.Tensor => rowMean(x).mul(lengthOf(x));
export const rowMax = (x: tf.Tensor): tf.Tensor => pooled(x, tf.maxPool);

/** Sum over rows as a product with ones. `[rows, n]` → `[n]`. */
export const columnSum = (x: tf.Tensor2D): tf.Tensor1D => tf.tidy(() => product(tf.ones([1, x.shape[0]]), x).reshape([x.shape[1]]));

/** Mean over time as a product, differentiable. `[batch, time, n]` → `[batch, n]` */
export function timeMean(x: tf.Tensor): tf.Tensor {
  const [batch, time, n] = x.shape as [number, number, number];
  return matMul(tf.fill([batch, 1, time], 1 / time), x).reshape([batch, n]);
}

const scale = tf.customGrad((x, factor, save) => {
  const [input, s] = [x as tf.Tensor, factor as tf.Tensor];
  keepForBackward(save, [input, s]);
  return {
    value: input.mul(s),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [kept, keptFactor] = saved as [tf.Tensor, tf.Tensor];
      return [dy.mul(keptFactor), tf.tidy(() => rowSum(dy.mul(kept)))];
    },
  };
});

/** One factor a row: `[…, n] · […, 1]`, differentiable in both. */
export const scaleRows = (x: tf.Tensor, factor: tf.Tensor): tf.Tensor => scale(x, factor);

/** Sum of the squares of all values of a long vector, scalar. No gradient. */
export function sumOfSquares(x: tf.Tensor1D): tf.Scalar {
  const length = 1024;
  const whole = Math.floor(x.size / length) * length;
  return tf.tidy(() => {
    const squares = x.square();
    if (whole === 0) return squares.sum().asScalar();
    const sum = rowSum(squares.slice(0, whole).reshape([-1, length])).sum();
    // The device has no sum over nothing.
    return (whole === x.size ? sum : sum.add(squares.slice(whole).sum())).asScalar();
  });
}
