/** Hidden weights in the order in which a recurrence reads them, as one launch. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import source from './pack.wgsl?raw';

/**
 * @param weight `[gates·hidden, hidden]`, 3 or 4 gates
 * @returns `[hidden, hidden, 4]`: `[from, to]` for the forward pass, `[to, from]` for the backward pass
 */
export function packWeights(weight: tf.Tensor, pass: 'forward' | 'backward'): tf.Tensor {
  const [rows, hidden] = weight.shape as [number, number];
  const { workgroups, across } = coverRows(hidden * hidden);
  const [packed] = launch({
    program: specialize('recurrence-pack', source, { HIDDEN: hidden, FOUR: rows / hidden === 4, BACKWARD: pass === 'backward' }),
    inputs: [weight],
    outputs: [[hidden, hidden, 4]],
    uniform: [across],
    workgroups,
  });
  return packed as tf.Tensor;
}
