/** What a forward pass needs beside weights and input: dropout from the seeded counter generator, and which windows are real. */
import { deriveSeed } from '../lib/random.ts';
import type { ForwardContext } from '../models/model.ts';

/** Dropout off. */
export const evaluationContext = (windowShare: Float32Array): ForwardContext => ({ site: () => null, windowShare, repeatable: null });

/** The same, for a gradient without dropout. @param recompute see `ForwardContext.repeatable` */
export const plainContext = (windowShare: Float32Array, recompute: boolean): ForwardContext => ({
  ...evaluationContext(windowShare),
  repeatable: recompute ? (stretch) => stretch : null,
});

export interface PassOptions {
  readonly seed: number;
  /** 0-based optimizer step. */
  readonly step: number;
  /** Index of the micro-batch's first window in the batch, so that micro-batching draws the same bits. */
  readonly firstWindow: number;
  /** See `ForwardContext.repeatable`. */
  readonly recompute: boolean;
}

/** Each dropout site of a pass gets its own seed, in the order the model meets them. */
export function trainingContext(windowShare: Float32Array, { seed, step, firstWindow, recompute }: PassOptions): ForwardContext {
  let next = 0;
  const repeatable = <A, T>(stretch: (given: A) => T): ((given: A) => T) => {
    const first = next;
    return (given) => {
      const resume = next;
      next = first;
      const result = stretch(given);
      next = Math.max(resume, next);
      return result;
    };
  };
  return {
    windowShare,
    site: (rate) => (rate === 0 ? null : { rate, seed: deriveSeed(seed, 'dropout', step, next++), firstRow: firstWindow }),
    repeatable: recompute ? repeatable : null,
  };
}
