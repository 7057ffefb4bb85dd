/** Transformer: pre-norm encoder blocks over fixed sinusoidal positions, mean over time, two heads. */
import { denseFeedForward, smallHeads, transformerBody } from '../blocks/parameters.ts';
import { blocks, dropout, feedForward, heads, width } from '../fields.ts';
import * as memory from '../memory/encoder.ts';
import { timeMean } from '../memory/operations.ts';
import { defineModel } from '../model-spec.ts';

export const transformerFields = {
  width: width(128),
  heads: heads(8),
  blocks: blocks(4),
  feedForward: feedForward(512),
  dropout: dropout(0.1),
};

export const transformer = defineModel({
  name: { en: 'Transformer', zh: 'Transformer' },
  summary: { en: 'Pre-norm encoder blocks with full attention.', zh: '全注意力的前置归一化编码器。' },
  fields: transformerFields,
  presets: { compact: { width: 64, heads: 4, blocks: 2, feedForward: 256 }, tiny: { width: 32, heads: 4, blocks: 2, feedForward: 64 } },
  largestActivation: (c, time) => time * Math.max(c.feedForward, 3 * c.width, c.heads * time),
  rehearse: (c, r, input, shape) => {
    const encoded = memory.encode(r, input, shape, c, memory.denseFeedForward(r, c.width, c.feedForward, c.dropout));
    return memory.smallHeads(r, timeMean(r, encoded, shape.batch, shape.time), c.width, c.dropout);
  },
  parameters: (c, featureCount) => [...transformerBody(c, featureCount, denseFeedForward(c.width, c.feedForward)), ...smallHeads(c.width)],
});
