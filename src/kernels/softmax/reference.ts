/** Softmax and its logarithm along the last dimension in stock operations, each with its backward written out. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { rowMax, rowSum } from '../rows/reference.ts';

const softmaxOp = tf.customGrad((x, save) => {
  const input = x as tf.Tensor;
  const value = tf.tidy(() => {
    const powers = input.sub(rowMax(input)).exp();
    return powers.div(rowSum(powers));
  });
  keepForBackward(save, [value]);
  return {
    value,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const y = saved[0] as tf.Tensor;
      return tf.tidy(() => y.mul(dy.sub(rowSum(dy.mul(y)))));
    },
  };
});

const logSoftmaxOp = tf.customGrad((x, save) => {
  const input = x as tf.Tensor;
  const value = tf.tidy(() => {
    const shifted = input.sub(rowMax(input));
    return shifted.sub(rowSum(shifted.exp()).log());
  });
  keepForBackward(save, [value]);
  return {
    value,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.tidy(() => dy.sub((saved[0] as tf.Tensor).exp().mul(rowSum(dy)))),
  };
});

/** `exp(x) / Σ exp(x)`, same shape; `dx = y·(dy − Σ dy·y)`. */
export const softmax = (x: tf.Tensor): tf.Tensor => softmaxOp(x);

/** `x − log Σ exp(x)`, same shape; `dx = dy − softmax·Σ dy`. */
export const logSoftmax = (x: tf.Tensor): tf.Tensor => logSoftmaxOp(x);
