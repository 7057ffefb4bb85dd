/** Reshape, sum and multiple that keep nothing for their backward pass; tfjs' own keep their inputs, whose sizes it needs, alive until then. */
import * as tf from '@tensorflow/tfjs';

/** The same values in another shape of as many. */
export function reshape(x: tf.Tensor, shape: number[]): tf.Tensor {
  const before = x.shape;
  return tf.customGrad((given) => ({
    value: (given as tf.Tensor).reshape(shape),
    gradFunc: (dy: tf.Tensor) => dy.reshape(before),
  }))(x);
}

/** `factor·x`. */
export const scale = (x: tf.Tensor, factor: number): tf.Tensor =>
  tf.customGrad((given) => ({ value: (given as tf.Tensor).mul(factor), gradFunc: (dy: tf.Tensor) => dy.mul(factor) }))(x);

/** Sum of two of one shape. */
export const add = (x: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  tf.customGrad((a, b) => ({
    value: (a as tf.Tensor).add(b as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => [dy.clone(), dy.clone()],
  }))(x, y);

/** `x + shift`, where `shift` is constant and no larger than `x`. */
export const shift = (x: tf.Tensor, by: tf.Tensor): tf.Tensor =>
  tf.customGrad((given) => ({ value: (given as tf.Tensor).add(by), gradFunc: (dy: tf.Tensor) => dy.clone() }))(x);
