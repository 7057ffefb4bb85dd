/** The fused GRU recurrence as launches: forward and backward one dispatch each, whatever the number of steps, unless a submit must be kept short. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { type RecurrenceLayout, stretches } from '../recurrence/layout.ts';
import { packWeights } from '../recurrence/pack.ts';
import { recurrenceProgram } from '../recurrence/program.ts';
import backward from './backward.wgsl?raw';
import forward from './forward.wgsl?raw';
import quadBackward from './quad-backward.wgsl?raw';
import quadForward from './quad-forward.wgsl?raw';

export interface Recorded {
  /** `[batch, time, hidden]` each; `previous` is the state one step earlier, `candidates` the hidden product of the new gate. */
  readonly states: tf.Tensor;
  readonly previous: tf.Tensor;
  readonly candidates: tf.Tensor;
}

const sources = { plain: { forward, backward }, quads: { forward: quadForward, backward: quadBackward } };

/**
 * @param products `[batch, time, 3·hidden]` with the input's bias; overwritten by the gates r, z, n
 * @param weight `[3·hidden, hidden]` @param bias `[3·hidden]` of the hidden products
 */
export function runGru(products: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, layout: RecurrenceLayout): Recorded {
  const [batch, time] = products.shape as [number, number];
  const hidden = layout.hidden;
  const byUnit = packWeights(weight, layout, 'forward');
  const flops = 6 * batch * hidden * hidden;
  let made: tf.Tensor[] = [];
  for (const { begin, end } of stretches(time, flops)) {
    const written = launch({
      program: recurrenceProgram('gru', sources, 'forward', layout, [batch, time]),
      inputs: [byUnit, bias],
      targets: [products, ...made],
      outputs: begin === 0 ? Array.from({ length: 3 }, () => [batch, time, hidden]) : [],
      uniform: [time, batch, begin, end],
      workgroups: [Math.ceil(batch / layout.samples.forward), 1, 1],
      flops: flops * (end - begin),
    });
    if (begin === 0) made = written;
  }
  byUnit.dispose();
  const [states, previous, candidates] = made as [tf.Tensor, tf.Tensor, tf.Tensor];
  return { states, previous, candidates };
}

/**
 * @param upstream `[batch, time, hidden]`
 * @param gates `[batch, time, 3·hidden]`, overwritten by the gradient of the input products
 * @returns gradient of the hidden products `[batch, time, 3·hidden]`
 */
export function runGruBackward(
  upstream: tf.Tensor,
  { previous, candidates }: Pick<Recorded, 'previous' | 'candidates'>,
  gates: tf.Tensor,
  weight: tf.Tensor,
  layout: RecurrenceLayout,
): tf.Tensor {
  const [batch, time, hidden] = upstream.shape as [number, number, number];
  const byUnit = packWeights(weight, layout, 'backward');
  const flops = 6 * batch * hidden * hidden;
  let made: tf.Tensor[] = [];
  for (const { begin, end } of stretches(time, flops).reverse()) {
    const written = launch({
      program: recurrenceProgram('gru', sources, 'backward', layout, [batch, time]),
      inputs: [upstream, previous, candidates, byUnit],
      targets: [gates, ...made],
      outputs: end === time ? [gates.shape, [batch, hidden]] : [],
      uniform: [time, batch, begin, end],
      workgroups: [Math.ceil(batch / layout.samples.backward), 1, 1],
      flops: flops * (end - begin),
    });
    if (end === time) made = written;
  }
  const [hiddenGradient, carry] = made as [tf.Tensor, tf.Tensor];
  carry.dispose();
  byUnit.dispose();
  return hiddenGradient;
}
