/** Attention of several heads: one pass over the keys where the device can, with no `[time, time]` matrix in memory, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { canFuse } from '../mode.ts';
import { type AttentionJob, runAttention, runAttentionBackward } from './program.ts';
import { type AttentionOptions, attention as reference } from './reference.ts';
import { showAttention } from './watch.ts';

const largestHead = 128;

const fused = (input: tf.Tensor, job: AttentionJob): tf.Tensor =>
  tf.customGrad((x, save) => {
    const projected = x as tf.Tensor;
    const [value, logSum] = runAttention(projected, job);
    keepForBackward(save, [projected, value, logSum]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [kept, joined, logs] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        return runAttentionBackward(kept, joined, logs, dy, job);
      },
    };
  })(input);

/**
 * @param projected queries, keys and values side by side, `[batch, time, 3·width]`
 * @returns heads joined again, `[batch, time, width]`
 */
export function attention(projected: tf.Tensor, options: AttentionOptions): tf.Tensor {
  showAttention(projected, options);
  const [batch, time, triple] = projected.shape as [number, number, number];
  const { heads } = options;
  const size = triple / 3 / heads;
  if (!canFuse(64) || size > largestHead) return reference(projected, options);
  const job = { ...options, scale: 1 / Math.sqrt(size) };
  const spare = -size & 3;
  if (spare === 0) return fused(projected, job);
  // The kernels read four values at a time: odd heads are filled with zeros, which add nothing to any product.
  const filled = tf.pad(projected.reshape([batch, time, 3 * heads, size]), [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, spare],
  ]);
  const joined = fused(filled.reshape([batch, time, 3 * heads * (size + spare)]), job);
  return joined
    .reshape([batch, time, heads, size + spare])
    .slice([0, 0, 0, 0], [batch, time, heads, size])
    .reshape([batch, time, heads * size]);
}
