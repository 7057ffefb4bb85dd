/** What a forward pass needs beside weights and input: dropout from the seeded counter generator, and which windows are real. */
import type * as tf from '@tensorflow/tfjs';
import { dropoutMask } from '../kernels/dropout/reference.ts';
import { deriveSeed } from '../lib/random.ts';
import type { ForwardContext } from '../models/model.ts';

/** Dropout off. */
export const evaluationContext = (windowShare: Float32Array): ForwardContext => ({ dropout: (x) => x, dropHeads: (x) => x, windowShare });

/**
 * Each dropout site of a pass gets its own seed, in the order the model meets them.
 * @param step 0-based optimizer step
 * @param firstWindow index of the micro-batch's first window in the batch, so that micro-batching draws the same bits
 */
export function trainingContext(windowShare: Float32Array, seed: number, step: number, firstWindow: number): ForwardContext {
  let site = 0;
  const mask = (shape: readonly number[], rate: number): tf.Tensor =>
    dropoutMask(shape, rate, deriveSeed(seed, 'dropout', step, site++), firstWindow);
  return {
    windowShare,
    dropout: (x, rate) => (rate === 0 ? x : x.mul(mask(x.shape, rate))),
    dropHeads: (x, rate) => (rate === 0 ? x : x.mul(mask([x.shape[0] as number, x.shape[1] as number, 1, 1], rate))),
  };
}
