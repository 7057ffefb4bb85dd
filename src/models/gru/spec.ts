/** GRU (light): one layer in PyTorch's reset-after form, last state, two heads. */
import { smallHeads } from '../blocks/parameters.ts';
import { dropout, hiddenSize, layers } from '../fields.ts';
import { smallHeads as smallHeadsMemory } from '../memory/encoder.ts';
import { lastState } from '../memory/operations.ts';
import { stackedLayers } from '../memory/recurrent.ts';
import { defineModel } from '../model-spec.ts';
import { recurrent } from '../parameter.ts';

export const gruFields = { hiddenSize: hiddenSize(64), layers: layers(1, 'Cho et al. 2014'), dropout: dropout(0.2) };

export const gru = defineModel({
  name: { en: 'GRU (light)', zh: 'GRU（轻量）' },
  summary: { en: 'One small recurrent layer; the fastest to train.', zh: '一层小型循环网络，训练最快。' },
  fields: gruFields,
  presets: { compact: { hiddenSize: 32 }, tiny: { hiddenSize: 16 } },
  largestActivation: (c, time) => 4 * c.hiddenSize * time,
  rehearse: (c, r, input, { batch, time, features }) => {
    const states = stackedLayers(r, input, 3, batch, features, c);
    return smallHeadsMemory(r, lastState(r, states, time), c.hiddenSize, c.dropout);
  },
  parameters: (c, featureCount) => [...recurrent('gru', 3, featureCount, c.hiddenSize, c.layers), ...smallHeads(c.hiddenSize)],
});
