/** Hidden weights in the order in which a recurrence reads them, as one launch. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import { blocksOf, type Pass, type RecurrenceLayout, threadsOf } from './layout.ts';
import source from './pack.wgsl?raw';

/**
 * @param weight `[gates·hidden, hidden]`, 3 or 4 gates
 * @returns `[hidden, hidden, 4]`: `[from, to]` for the forward pass, `[to, from]` for the backward pass; for quads `[hidden, hidden, gates]` in
 * the order that pack.wgsl describes
 */
export function packWeights(weight: tf.Tensor, layout: RecurrenceLayout, pass: Pass): tf.Tensor {
  const { hidden, gates, quads } = layout;
  const lanes = quads ? gates : 4;
  const count = (hidden * hidden * lanes) / 4;
  const { workgroups, across } = coverRows(count);
  const places = quads ? { THREADS: threadsOf(layout, pass), BLOCKS: blocksOf(layout, pass) } : {};
  const [packed] = launch({
    program: specialize('recurrence-pack', source, {
      HIDDEN: hidden,
      GATES: gates,
      BACKWARD: pass === 'backward',
      QUADS: quads,
      ...places,
    }),
    inputs: [weight],
    outputs: [[hidden, hidden, lanes]],
    uniform: [across, count],
    workgroups,
  });
  return packed as tf.Tensor;
}
