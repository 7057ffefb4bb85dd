/** Enhanced Transformer (PEFT): a large frozen encoder in inference mode under deep trainable heads. */
import { choice, integer, number, own, seedConfiguration, text } from '../../lib/fields.ts';
import { deepHeads, denseFeedForward, loraAdapters, transformerBody } from '../blocks/parameters.ts';
import { blocks, dropout, feedForward, heads, width } from '../fields.ts';
import * as memory from '../memory/encoder.ts';
import { deepHeads as rehearseHeads, timeMean } from '../memory/operations.ts';
import { defineModel } from '../model-spec.ts';
import { freeze } from '../parameter.ts';

const headWidth = (en: string, zh: string, size: number) =>
  integer({
    label: { en, zh },
    help: { en: 'Width of this layer of the trainable heads.', zh: '可训练头部这一层的宽度。' },
    default: size,
    source: seedConfiguration(),
    min: 1,
    max: 16384,
  });

export const peftTransformerFields = {
  width: width(512),
  heads: heads(8),
  blocks: blocks(8),
  feedForward: feedForward(2048),
  firstHeadWidth: headWidth('First head layer', '头部第一层', 1024),
  secondHeadWidth: headWidth('Second head layer', '头部第二层', 416),
  headDropout: { ...dropout(0.3), label: { en: 'Dropout of the heads', zh: '头部 Dropout' } },
  base: choice({
    label: { en: 'Frozen base', zh: '冻结基座' },
    help: {
      en: 'Where the frozen weights come from. A run or a file must have the same width, heads, blocks and feed-forward width.',
      zh: '冻结权重的来源。训练记录或文件的宽度、头数、块数与前馈宽度必须相同。',
    },
    default: 'random',
    source: seedConfiguration(),
    options: [
      { value: 'random', label: { en: 'Random', zh: '随机' } },
      { value: 'pretraining', label: { en: 'Pre-train on these bars first', zh: '先在这些 K 线上预训练' } },
      { value: 'run', label: { en: 'A trained run', zh: '已训练的记录' } },
      { value: 'file', label: { en: 'A safetensors file', zh: 'safetensors 文件' } },
    ],
  }),
  baseRun: text({
    label: { en: 'Run of the base', zh: '基座所用记录' },
    help: {
      en: 'Id of a Transformer run or a pre-training. Empty takes the newest one of the same shape.',
      zh: 'Transformer 训练或预训练记录的编号。留空则取形状相同的最新一条。',
    },
    default: '',
    source: own,
    maxLength: 100,
  }),
  loraRank: integer({
    label: { en: 'LoRA rank', zh: 'LoRA 秩' },
    help: {
      en: 'Trainable low-rank adapters at the attention projections of the frozen base. 0 is none; with adapters every batch runs the base and its backward pass.',
      zh: '在冻结基座的注意力投影上加可训练的低秩适配器。0 表示不用；使用时每个批次都运行基座及其反向传播。',
    },
    default: 0,
    source: seedConfiguration('Hu et al. 2022'),
    min: 0,
    max: 256,
  }),
  loraAlpha: number({
    label: { en: 'LoRA α', zh: 'LoRA α' },
    help: { en: 'Adapters count α / rank.', zh: '适配器按 α / 秩 缩放。' },
    default: 16,
    source: own,
    min: 0,
    max: 1024,
  }),
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
    const batch = shape.base ?? shape.batch;
    const pass = () => {
      const size = { ...c, dropout: 0, frozen: true, rank: c.loraRank };
      const feedForward = memory.denseFeedForward(r, c.width, c.feedForward, 0, true);
      return timeMean(r, memory.encode(r, input, { ...shape, batch }, size, feedForward), batch, shape.time);
    };
    // Under adapters the backward pass goes through the base.
    const computed = c.loraRank > 0 ? pass() : r.withoutGradient(pass);
    // Features that are kept are gathered from their table.
    if (shape.base !== undefined) r.dispose(computed);
    const pooled = shape.base === undefined ? computed : r.make(shape.batch * c.width, true);
    return rehearseHeads(r, pooled, c.width, [c.firstHeadWidth, c.secondHeadWidth]);
  },
  parameters: (c, featureCount) => [
    ...freeze(transformerBody(c, featureCount, denseFeedForward(c.width, c.feedForward))),
    ...loraAdapters(c, c.loraRank),
    ...deepHeads(c.width, c.firstHeadWidth, c.secondHeadWidth),
  ],
});
