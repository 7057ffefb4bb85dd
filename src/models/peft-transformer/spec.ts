/** Enhanced Transformer (PEFT): a large frozen encoder in inference mode under deep trainable heads. */
import { integer } from '../../lib/fields.ts';
import { deepHeads, denseFeedForward, transformerBody } from '../blocks/parameters.ts';
import { blocks, dropout, feedForward, heads, width } from '../fields.ts';
import * as memory from '../memory/encoder.ts';
import { timeMean } from '../memory/operations.ts';
import { defineModel } from '../model-spec.ts';
import { freeze } from '../parameter.ts';

const headWidth = (en: string, zh: string, size: number) => integer({ label: { en, zh }, default: size, min: 1, max: 16384 });

export const peftTransformerFields = {
  width: width(512),
  heads: heads(8),
  blocks: blocks(8),
  feedForward: feedForward(2048),
  firstHeadWidth: headWidth('First head layer', '头部第一层', 1024),
  secondHeadWidth: headWidth('Second head layer', '头部第二层', 416),
  headDropout: dropout(0.3),
};

export const peftTransformer = defineModel({
  name: { en: 'Enhanced Transformer (PEFT)', zh: '增强 Transformer（PEFT）' },
  summary: { en: 'A large frozen base; only the deep heads train (about 7 %).', zh: '冻结的大型基座，仅训练深层头部（约 7 %）。' },
  fields: peftTransformerFields,
  presets: {
    compact: { width: 128, heads: 8, blocks: 4, feedForward: 512, firstHeadWidth: 256, secondHeadWidth: 104 },
    tiny: { width: 64, heads: 4, blocks: 2, feedForward: 128, firstHeadWidth: 128, secondHeadWidth: 52 },
  },
  training: { mixup: true },
  largestActivation: (c, time) => time * Math.max(c.feedForward, 3 * c.width, c.heads * time),
  rehearse: (c, r, input, shape) => {
    const pooled = r.withoutGradient(() => {
      const encoded = memory.encode(r, input, shape, { ...c, dropout: 0 }, memory.denseFeedForward(r, c.width, c.feedForward, 0));
      return timeMean(r, encoded, shape.batch, shape.time);
    });
    return memory.deepHeads(r, pooled, c.width, [c.firstHeadWidth, c.secondHeadWidth], c.headDropout);
  },
  parameters: (c, featureCount) => [
    ...freeze(transformerBody(c, featureCount, denseFeedForward(c.width, c.feedForward))),
    ...deepHeads(c.width, c.firstHeadWidth, c.secondHeadWidth),
  ],
});
