/**
 * Activation checkpointing (Chen et al. 2016): a stretch of a model that keeps its input alone and computes its activations anew in the
 * backward pass. A third more work for a fraction of the memory.
 */
import type * as tf from '@tensorflow/tfjs';
import { gradientsOf } from './gradients.ts';
import { severalOutputs } from './several-outputs.ts';

/**
 * @param parameters trainable ones of the stretch, each of which it uses
 * @param compute called twice, with the same values: dropout in it must draw the same bits
 * @returns what `compute` returns
 */
export function recomputed(x: tf.Tensor, parameters: readonly tf.Tensor[], compute: (x: tf.Tensor) => tf.Tensor[]): tf.Tensor[] {
  return severalOutputs([x, ...parameters], (save) => {
    save([x]);
    return {
      values: compute(x),
      gradFunc: (upstream, saved) => {
        const again = saved[0] as tf.Tensor;
        return gradientsOf([again, ...parameters], () => compute(again), upstream);
      },
    };
  });
}
