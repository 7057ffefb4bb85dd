/** Scaled dot-product attention of several heads in stock operations, with the whole `[time, time]` matrix; dense or local. */
import * as tf from '@tensorflow/tfjs';
import { dropout } from '../dropout/op.ts';
import { dropoutMask } from '../dropout/reference.ts';
import type { DropoutSite } from '../dropout/site.ts';
import { matMul } from '../matmul/op.ts';
import { softmax } from '../softmax/op.ts';

export interface AttentionOptions {
  readonly heads: number;
  /** Bars attend where |i − j| ≤ window; null attends everywhere. */
  readonly window: number | null;
  /** Drops attention weights `[batch, heads, time, time]`. */
  readonly dropWeights?: DropoutSite | null;
  /** Drops whole heads, one decision per `[batch, head]`. */
  readonly dropHeads?: DropoutSite | null;
}

/** 0 where attention is allowed and −1e9 elsewhere, `[time, time]`. */
function localMask(time: number, window: number): tf.Tensor2D {
  const values = new Float32Array(time * time);
  for (let i = 0; i < time; i++) for (let j = 0; j < time; j++) values[i * time + j] = Math.abs(i - j) <= window ? 0 : -1e9;
  return tf.tensor2d(values, [time, time]);
}

/** @param projected queries, keys and values side by side, `[batch, time, 3·width]` @returns each `[batch, heads, time, headSize]` */
function splitHeads(projected: tf.Tensor, heads: number): { q: tf.Tensor4D; k: tf.Tensor4D; v: tf.Tensor4D; headSize: number } {
  const [batch, time, triple] = projected.shape as [number, number, number];
  const headSize = triple / 3 / heads;
  const split = projected.reshape([batch, time, 3, heads, headSize]).transpose([2, 0, 3, 1, 4]); // [3, batch, heads, time, headSize]
  const [q, k, v] = tf.unstack(split, 0) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
  return { q, k, v, headSize };
}

/**
 * @param projected queries, keys and values side by side, `[batch, time, 3·width]`
 * @returns heads joined again, `[batch, time, width]`
 */
export function attention(projected: tf.Tensor, options: AttentionOptions): tf.Tensor {
  const [batch, time, triple] = projected.shape as [number, number, number];
  const { q, k, v, headSize } = splitHeads(projected, options.heads);
  let scores: tf.Tensor = matMul(q.mul(1 / Math.sqrt(headSize)), k, true); // [batch, heads, time, time]
  if (options.window !== null && options.window < time - 1) scores = scores.add(localMask(time, options.window));
  let weights: tf.Tensor = softmax(scores);
  weights = dropout(weights, options.dropWeights ?? null);
  let joined: tf.Tensor = matMul(weights, v); // [batch, heads, time, headSize]
  if (options.dropHeads) joined = joined.mul(dropoutMask([batch, options.heads, 1, 1], options.dropHeads));
  return joined.transpose([0, 2, 1, 3]).reshape([batch, time, triple / 3]);
}

/**
 * What one bar takes from each other: its row of the weights, before any dropout, without the rest of the matrix.
 * @param bar counted from the oldest
 * @returns `[batch, heads, time]`, summing to 1 over time
 */
export function attentionWeightsOf(projected: tf.Tensor, { heads, window }: AttentionOptions, bar: number): tf.Tensor3D {
  return tf.tidy(() => {
    const [batch, time] = projected.shape as [number, number];
    const { q, k, headSize } = splitHeads(projected, heads);
    const own = q.slice([0, 0, bar, 0], [batch, heads, 1, headSize]).mul(1 / Math.sqrt(headSize));
    const scores = own.mul(k).sum(-1); // [batch, heads, time]
    const far = Float32Array.from({ length: time }, (_, other) => (window === null || Math.abs(bar - other) <= window ? 0 : -1e9));
    return tf.softmax(scores.add(tf.tensor1d(far))) as tf.Tensor3D;
  });
}
