/** The fused LSTM recurrence as launches: forward and backward one dispatch each, whatever the number of steps, unless a submit must be kept short. */
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
  /** `[batch, time, hidden]` each; `previous` is the state one step earlier. */
  readonly states: tf.Tensor;
  readonly previous: tf.Tensor;
  readonly cells: tf.Tensor;
}

const sources = { plain: { forward, backward }, quads: { forward: quadForward, backward: quadBackward } };

/**
 * @param products `[batch, time, 4·hidden]` with the input's bias; overwritten by the activated gates
 * @param weight `[4·hidden, hidden]` @param bias `[4·hidden]` of the hidden products
 */
export function runLstm(products: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, layout: RecurrenceLayout): Recorded {
  const [batch, time] = products.shape as [number, number];
  const hidden = layout.hidden;
  const byUnit = packWeights(weight, layout, 'forward');
  const flops = 8 * batch * hidden * hidden;
  let made: tf.Tensor[] = [];
  for (const { begin, end } of stretches(time, flops)) {
    const written = launch({
      program: recurrenceProgram('lstm', sources, 'forward', layout, [batch, time]),
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
  const [states, previous, cells] = made as [tf.Tensor, tf.Tensor, tf.Tensor];
  return { states, previous, cells };
}

/**
 * @param upstream `[batch, time, hidden]`
 * @param gates `[batch, time, 4·hidden]`, overwritten by the gradient of the products
 */
export function runLstmBackward(
  upstream: tf.Tensor,
  cells: tf.Tensor,
  gates: tf.Tensor,
  weight: tf.Tensor,
  layout: RecurrenceLayout,
): void {
  const [batch, time, hidden] = upstream.shape as [number, number, number];
  const byUnit = packWeights(weight, layout, 'backward');
  const flops = 8 * batch * hidden * hidden;
  let carry: tf.Tensor[] = [];
  for (const { begin, end } of stretches(time, flops).reverse()) {
    const made = launch({
      program: recurrenceProgram('lstm', sources, 'backward', layout, [batch, time]),
      inputs: [upstream, cells, byUnit],
      targets: [gates, ...carry],
      outputs: end === time ? [[2, batch, hidden]] : [],
      uniform: [time, batch, begin, end],
      workgroups: [Math.ceil(batch / layout.samples.backward), 1, 1],
      flops: flops * (end - begin),
    });
    if (end === time) carry = made;
  }
  for (const tensor of [byUnit, ...carry]) tensor.dispose();
}
