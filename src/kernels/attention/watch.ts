/** Lets a person look at what a pass attends to: whoever watches is told the weights of one bar at every attention on the way. */
import type * as tf from '@tensorflow/tfjs';
import { type AttentionOptions, attentionWeightsOf } from './reference.ts';

interface Watcher {
  readonly bar: number;
  readonly see: (weights: tf.Tensor3D) => void;
}

let watcher: Watcher | null = null;

/**
 * Runs `compute` with every attention in it watched.
 * @param bar the bar whose view is asked for, counted from the oldest
 * @param see given `[batch, heads, time]` for each attention, in the order of the pass; what it keeps it must `tf.keep`
 */
export function watchingAttention<T>(bar: number, see: (weights: tf.Tensor3D) => void, compute: () => T): T {
  watcher = { bar, see };
  try {
    return compute();
  } finally {
    watcher = null;
  }
}

/** Called by the operation with what it computes on. */
export function showAttention(projected: tf.Tensor, options: AttentionOptions): void {
  watcher?.see(attentionWeightsOf(projected, options, watcher.bar));
}
