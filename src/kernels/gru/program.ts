/** The fused GRU recurrence as launches: forward and backward one dispatch each, whatever the number of steps. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { specialize } from '../launch/specialize.ts';
import { samplesPerGroup } from '../lstm/program.ts';
import backward from './backward.wgsl?raw';
import forward from './forward.wgsl?raw';

/** Gates as the lanes of a vec4, the fourth empty. @param order axes of `[gate, to, from]` that come first */
function byUnit(weight: tf.Tensor, hidden: number, order: [number, number]): tf.Tensor {
  const gates = weight.reshape([3, hidden, hidden]).transpose([...order, 0]);
  return gates.pad([
    [0, 0],
    [0, 0],
    [0, 1],
  ]);
}

/**
 * @param products `[batch, time, 3·hidden]` with the input bias, weight `[3·hidden, hidden]`, bias `[3·hidden]`
 * @returns states `[batch, time, hidden]` and gates r, z, n, q `[batch, time, 4·hidden]`
 */
export function runGru(products: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): { states: tf.Tensor; gates: tf.Tensor } {
  const [batch, time, triple] = products.shape as [number, number, number];
  const hidden = triple / 3;
  const [states, gates] = launch({
    program: specialize('gru-forward', forward, { HIDDEN: hidden }),
    inputs: [products, byUnit(weight, hidden, [2, 1]), bias],
    outputs: [
      [batch, time, hidden],
      [batch, time, 4 * hidden],
    ],
    uniform: [time, batch],
    workgroups: [Math.ceil(batch / samplesPerGroup), 1, 1],
  }) as [tf.Tensor, tf.Tensor];
  return { states, gates };
}

/** @param upstream `[batch, time, hidden]` @returns gradients of the input and of the hidden products, `[batch, time, 3·hidden]` each */
export function runGruBackward(upstream: tf.Tensor, states: tf.Tensor, gates: tf.Tensor, weight: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const [batch, time, hidden] = upstream.shape as [number, number, number];
  const shape = [batch, time, 3 * hidden];
  return launch({
    program: specialize('gru-backward', backward, { HIDDEN: hidden }),
    inputs: [upstream, states, gates, byUnit(weight, hidden, [1, 2])],
    outputs: [shape, shape],
    uniform: [time, batch],
    workgroups: [Math.ceil(batch / samplesPerGroup), 1, 1],
  }) as [tf.Tensor, tf.Tensor];
}
