/** Marks tensors that are data, not a function of parameters: backward passes skip the gradient with respect to them. */
import type * as tf from '@tensorflow/tfjs';

const constants = new WeakSet<object>();

/** The same tensor, marked; reshapes of it count as marked too, for they share its data. */
export function constant<T extends tf.Tensor>(tensor: T): T {
  constants.add(tensor.dataId);
  return tensor;
}

export const isConstant = (tensor: tf.Tensor): boolean => constants.has(tensor.dataId);
