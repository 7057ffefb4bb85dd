/** GRU (light): the last state of the recurrent layers under two heads. */
import { gruLayer } from '../../kernels/gru/op.ts';
import type { Values } from '../../lib/fields.ts';
import { smallHeads } from '../blocks/heads.ts';
import { stackedLayers } from '../blocks/recurrent.ts';
import type { Forward } from '../model.ts';
import type { gruFields } from './spec.ts';

export const gru =
  (config: Values<typeof gruFields>): Forward =>
  (p, input, context) => {
    const states = stackedLayers(p, 'gru', gruLayer, config.layers, input, context, config.dropout); // [batch, time, hidden]
    const [batch, time, hidden] = states.shape as [number, number, number];
    const last = states.slice([0, time - 1, 0], [batch, 1, hidden]).reshape([batch, hidden]);
    return { ...smallHeads(p, last, context, config.dropout), routing: null };
  };
