/** Dropout whose mask is drawn in the kernel and drawn again in the backward pass; nothing is stored. */
import * as tf from '@tensorflow/tfjs';
import { canFuse } from '../mode.ts';
import { runDropout } from './program.ts';
import { dropoutMask } from './reference.ts';
import type { DropoutSite } from './site.ts';

/** @param x dimension 0 is the row @param site null leaves `x` as it is */
export function dropout(x: tf.Tensor, site: DropoutSite | null): tf.Tensor {
  if (!site) return x;
  if (!canFuse(64)) return x.mul(dropoutMask(x.shape, site));
  return tf.customGrad((input) => ({
    value: runDropout(input as tf.Tensor, site),
    gradFunc: (dy: tf.Tensor) => runDropout(dy, site),
  }))(x);
}
