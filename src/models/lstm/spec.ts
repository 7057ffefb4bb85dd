/** LSTM (improved): two layers, additive attention pooling over time, layer norm, two heads. */
import { smallHeads } from '../blocks/parameters.ts';
import { dropout, hiddenSize, layers } from '../fields.ts';
import { smallHeads as smallHeadsMemory } from '../memory/encoder.ts';
import { attentionPooling, layerNorm as layerNormMemory } from '../memory/operations.ts';
import { stackedLayers } from '../memory/recurrent.ts';
import { defineModel } from '../model-spec.ts';
import { layerNorm, linear, recurrent } from '../parameter.ts';

export const lstmFields = { hiddenSize: hiddenSize(128), layers: layers(2, 'Hochreiter & Schmidhuber 1997'), dropout: dropout(0.2) };

export const lstm = defineModel({
  name: { en: 'LSTM (improved)', zh: 'LSTM（改进版）' },
  summary: {
    en: 'Two recurrent layers with additive attention pooling over time.',
    zh: '两层循环网络，沿时间做加性注意力池化。',
  },
  fields: lstmFields,
  presets: { compact: { hiddenSize: 64 }, tiny: { hiddenSize: 16 } },
  largestActivation: (c, time) => 4 * c.hiddenSize * time,
  rehearse: (c, r, input, { batch, features }) => {
    const states = stackedLayers(r, input, 4, batch, features, c);
    const pooled = layerNormMemory(r, attentionPooling(r, states, batch, c.hiddenSize), c.hiddenSize);
    return smallHeadsMemory(r, pooled, c.hiddenSize, c.dropout);
  },
  parameters: (c, featureCount) => [
    ...recurrent('lstm', 4, featureCount, c.hiddenSize, c.layers),
    ...linear('pool.project', c.hiddenSize, c.hiddenSize),
    ...linear('pool.score', c.hiddenSize, 1, false),
    ...layerNorm('norm', c.hiddenSize),
    ...smallHeads(c.hiddenSize),
  ],
});
