/** A barrier for the gradient tape: what runs inside is not recorded, keeps no activations, and sends nothing back. */
import * as tf from '@tensorflow/tfjs';
import { withoutRecording } from '../recording.ts';

/** `compute(x)` as a constant of the gradient. Intermediate tensors are freed at once. */
export function withoutGradient<T extends tf.Tensor>(x: tf.Tensor, compute: (x: tf.Tensor) => T): T {
  const barrier = tf.customGrad((input) => ({
    value: withoutRecording(() => compute(input as tf.Tensor)),
    gradFunc: () => tf.zerosLike(x),
  }));
  return barrier(x) as T;
}
