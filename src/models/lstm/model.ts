/** LSTM (improved): recurrent layers, additive attention pooling over time, layer norm, two heads. */
import { layerNorm } from '../../kernels/layer-norm/op.ts';
import { lstmLayer } from '../../kernels/lstm/op.ts';
import { attentionPooling } from '../../kernels/pooling/op.ts';
import type { Values } from '../../lib/fields.ts';
import { smallHeads } from '../blocks/heads.ts';
import { stackedLayers } from '../blocks/recurrent.ts';
import type { Forward } from '../model.ts';
import type { lstmFields } from './spec.ts';

export const lstm =
  (config: Values<typeof lstmFields>): Forward =>
  (p, input, context) => {
    const states = stackedLayers(p, 'lstm', lstmLayer, config.layers, input, context, config.dropout); // [batch, time, hidden]
    const weights = { project: p('pool.project.weight'), bias: p('pool.project.bias'), score: p('pool.score.weight') };
    const pooled = layerNorm(attentionPooling(states, weights), p('norm.weight'), p('norm.bias')); // [batch, hidden]
    return { ...smallHeads(p, pooled, context, config.dropout), routing: null };
  };
