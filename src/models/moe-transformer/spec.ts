/** MoE Transformer: local attention, and in each block eight experts of which a router runs two per token. */
import { StudioError } from '../../lib/errors.ts';
import { integer, seedConfiguration } from '../../lib/fields.ts';
import { smallHeads, transformerBody } from '../blocks/parameters.ts';
import { blocks, dropout, heads, width } from '../fields.ts';
import * as memory from '../memory/encoder.ts';
import { experts } from '../memory/experts.ts';
import { timeMean } from '../memory/operations.ts';
import { defineModel } from '../model-spec.ts';
import { linear, stack } from '../parameter.ts';

export const moeTransformerFields = {
  width: width(192),
  heads: heads(6),
  blocks: blocks(4),
  experts: integer({
    label: { en: 'Experts', zh: '专家数' },
    help: {
      en: 'Feed-forward networks of a block; the router runs two of them on each bar.',
      zh: '每个块的前馈网络数，路由对每根 K 线运行其中两个。',
    },
    default: 8,
    source: seedConfiguration('Shazeer et al. 2017'),
    min: 2,
    max: 64,
  }),
  expertWidth: integer({
    label: { en: 'Expert width', zh: '专家宽度' },
    help: { en: 'Inner width of one expert.', zh: '单个专家的内部宽度。' },
    default: 2304,
    source: seedConfiguration(),
    min: 1,
    max: 16384,
  }),
  attentionWindow: integer({
    label: { en: 'Attention window w', zh: '注意力窗口 w' },
    help: { en: 'A bar attends to bars at most w away.', zh: '每根 K 线只关注相距不超过 w 的 K 线。' },
    unit: { en: 'bars', zh: '根' },
    default: 20,
    source: seedConfiguration('Beltagy et al. 2020'),
    min: 1,
    max: 5000,
  }),
  headDropout: {
    ...dropout(0.1, 'Zhou et al. 2020'),
    label: { en: 'Attention-head dropout', zh: '注意力头 Dropout' },
    help: { en: 'Probability with which a training step leaves a whole head out.', zh: '训练时每步以此概率去掉整个注意力头。' },
  },
  dropout: dropout(0.1),
};

/** Experts that run on each token. */
export const topK = 2;

export const moeTransformer = defineModel({
  name: { en: 'MoE Transformer', zh: 'MoE Transformer' },
  summary: { en: 'Local attention and eight experts, two of which run per token.', zh: '局部注意力与八个专家，每个 token 仅运行两个。' },
  fields: moeTransformerFields,
  presets: {
    compact: { width: 64, heads: 4, blocks: 2, expertWidth: 256 },
    tiny: { width: 32, heads: 4, blocks: 2, expertWidth: 64 },
  },
  // The experts' inner layer of all experts: the reference computes every one.
  largestActivation: (c, time) => time * Math.max(c.experts * c.expertWidth, 3 * c.width, c.heads * time),
  rehearse: (c, r, input, shape) => {
    const encoded = memory.encode(r, input, shape, c, (x) => experts(r, x, c));
    return memory.smallHeads(r, timeMean(r, encoded, shape.batch, shape.time), c.width, c.dropout);
  },
  parameters: (c, featureCount) => {
    if (c.experts < topK) throw new StudioError('invalid-setting', { path: 'model.experts', value: c.experts, range: `≥ ${topK}` });
    const expert = [...linear('linear1', c.width, c.expertWidth), ...linear('linear2', c.expertWidth, c.width)];
    const feedForward = (prefix: string) => [
      ...linear(`${prefix}.moe.router`, c.width, c.experts, false),
      ...stack(`${prefix}.moe.experts`, c.experts, topK / c.experts, expert),
    ];
    return [...transformerBody(c, featureCount, feedForward), ...smallHeads(c.width)];
  },
});
