/** The fused LSTM recurrence as launches: forward and backward one dispatch each, whatever the number of steps. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { specialize } from '../launch/specialize.ts';
import backward from './backward.wgsl?raw';
import forward from './forward.wgsl?raw';

/** Samples that share a workgroup: the lanes of a vec4. */
export const samplesPerGroup = 4;

interface Recorded {
  /** `[batch, time, hidden]` */
  readonly states: tf.Tensor;
  readonly cells: tf.Tensor;
  /** `[batch, time, 4·hidden]`, activated */
  readonly gates: tf.Tensor;
}

/** @param products `[batch, time, 4·hidden]` with biases @param weight `[4·hidden, hidden]` */
export function runLstm(products: tf.Tensor, weight: tf.Tensor): Recorded {
  const [batch, time, quadruple] = products.shape as [number, number, number];
  const hidden = quadruple / 4;
  const byUnit = weight.reshape([4, hidden, hidden]).transpose([2, 1, 0]); // [from, to, gate]
  const [states, cells, gates] = launch({
    program: specialize('lstm-forward', forward, { HIDDEN: hidden }),
    inputs: [products, byUnit],
    outputs: [
      [batch, time, hidden],
      [batch, time, hidden],
      [batch, time, quadruple],
    ],
    uniform: [time, batch],
    workgroups: [Math.ceil(batch / samplesPerGroup), 1, 1],
  }) as [tf.Tensor, tf.Tensor, tf.Tensor];
  return { states, cells, gates };
}

/** @param upstream `[batch, time, hidden]` @returns gradient of `products` */
export function runLstmBackward(upstream: tf.Tensor, cells: tf.Tensor, gates: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  const [batch, time, hidden] = upstream.shape as [number, number, number];
  const byUnit = weight.reshape([4, hidden, hidden]).transpose([1, 2, 0]); // [to, from, gate]
  const [gradient] = launch({
    program: specialize('lstm-backward', backward, { HIDDEN: hidden }),
    inputs: [upstream, cells, gates, byUnit],
    outputs: [gates.shape],
    uniform: [time, batch],
    workgroups: [Math.ceil(batch / samplesPerGroup), 1, 1],
  });
  return gradient as tf.Tensor;
}
