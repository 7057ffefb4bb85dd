/** LSTM (improved): recurrent layers, additive attention pooling over time, layer norm, two heads. */
import * as tf from '@tensorflow/tfjs';
import { layerNorm } from '../../kernels/layer-norm/op.ts';
import { linear } from '../../kernels/linear/op.ts';
import { lstmLayer } from '../../kernels/lstm/op.ts';
import { matMul } from '../../kernels/matmul/op.ts';
import { softmax } from '../../kernels/softmax/op.ts';
import type { Values } from '../../lib/fields.ts';
import { smallHeads } from '../blocks/heads.ts';
import { stackedLayers } from '../blocks/recurrent.ts';
import type { Forward, Parameters } from '../model.ts';
import type { lstmFields } from './spec.ts';

/** Additive attention (Bahdanau et al. 2015) over time. @param states `[batch, time, hidden]` @returns `[batch, hidden]` */
function pool(p: Parameters, states: tf.Tensor): tf.Tensor {
  const energies = linear(tf.tanh(linear(states, p('pool.project.weight'), p('pool.project.bias'))), p('pool.score.weight'), null); // [batch, time, 1]
  const [batch, time] = states.shape as [number, number, number];
  const weights = softmax(energies.reshape([batch, time])).reshape([batch, 1, time]);
  return matMul(weights, states).reshape([batch, -1]);
}

export const lstm =
  (config: Values<typeof lstmFields>): Forward =>
  (p, input, context) => {
    const states = stackedLayers(p, 'lstm', lstmLayer, config.layers, input, context, config.dropout);
    const pooled = layerNorm(pool(p, states), p('norm.weight'), p('norm.bias'));
    return { ...smallHeads(p, pooled, context, config.dropout), routing: null };
  };
