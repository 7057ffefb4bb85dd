/** Additive attention pooling over time in stock operations. */
import * as tf from '@tensorflow/tfjs';
import { linear } from '../linear/reference.ts';
import { matMul } from '../matmul/op.ts';
import { softmax } from '../softmax/reference.ts';

export interface PoolingWeights {
  /** `[hidden, hidden]` and `[hidden]` */
  readonly project: tf.Tensor;
  readonly bias: tf.Tensor;
  /** `[1, hidden]` */
  readonly score: tf.Tensor;
}

/** @param states `[batch, time, hidden]` @returns `[batch, hidden]` */
export function attentionPooling(states: tf.Tensor, { project, bias, score }: PoolingWeights): tf.Tensor {
  const [batch, time] = states.shape as [number, number];
  const energies = linear(tf.tanh(linear(states, project, bias)), score, null); // [batch, time, 1]
  const weights = softmax(energies.reshape([batch, time])).reshape([batch, 1, time]);
  return matMul(weights, states).reshape([batch, -1]);
}
