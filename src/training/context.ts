/** What a forward pass needs beside weights and input: dropout from the seeded counter generator, and which windows are real. */
import { deriveSeed } from '../lib/random.ts';
import type { ForwardContext } from '../models/model.ts';

/** Dropout off. */
export const evaluationContext = (windowShare: Float32Array): ForwardContext => ({ site: () => null, windowShare });

/**
 * Each dropout site of a pass gets its own seed, in the order the model meets them.
 * @param step 0-based optimizer step
 * @param firstWindow index of the micro-batch's first window in the batch, so that micro-batching draws the same bits
 */
export function trainingContext(windowShare: Float32Array, seed: number, step: number, firstWindow: number): ForwardContext {
  let site = 0;
  return {
    windowShare,
    site: (rate) => (rate === 0 ? null : { rate, seed: deriveSeed(seed, 'dropout', step, site++), firstRow: firstWindow }),
  };
}
