/** GELU with the error function (PyTorch's default, not the tanh approximation) in stock operations. */
import * as tf from '@tensorflow/tfjs';

/** `x·(1 + erf(x/√2))/2`, same shape. */
export const gelu = (x: tf.Tensor): tf.Tensor => x.mul(tf.erf(x.mul(Math.SQRT1_2)).add(1)).mul(0.5);
