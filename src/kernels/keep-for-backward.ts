/** The one cast around `tf.customGrad`: its callback gets the saver as the last of its tensors, and its types say so too. */
import type * as tf from '@tensorflow/tfjs';

/** Hands tensors from the forward to the backward pass. @param save the last argument of a `tf.customGrad` callback */
export function keepForBackward(save: unknown, tensors: tf.Tensor[]): void {
  (save as (tensors: tf.Tensor[]) => void)(tensors);
}
