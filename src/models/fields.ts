/** Size fields that several models share. */
import { integer, number, seedConfiguration } from '../lib/fields.ts';

export const hiddenSize = (size: number) =>
  integer({
    label: { en: 'Hidden size', zh: '隐藏单元数' },
    help: { en: 'Values that the recurrent state remembers from bar to bar.', zh: '循环状态在 K 线之间记住的数值个数。' },
    unit: { en: 'units', zh: '个' },
    default: size,
    source: seedConfiguration(),
    min: 1,
    max: 2048,
  });
export const layers = (count: number, method: string) =>
  integer({
    label: { en: 'Layers', zh: '层数' },
    help: { en: 'Recurrent layers, each reading the states of the one below.', zh: '循环层数，每层读取下一层的状态。' },
    default: count,
    source: seedConfiguration(method),
    min: 1,
    max: 12,
  });
export const width = (size: number) =>
  integer({
    label: { en: 'Model width d', zh: '模型宽度 d' },
    help: { en: 'Values by which each bar is described inside the model.', zh: '模型内部描述每根 K 线的数值个数。' },
    default: size,
    source: seedConfiguration(),
    min: 2,
    max: 4096,
  });
export const heads = (count: number) =>
  integer({
    label: { en: 'Attention heads', zh: '注意力头数' },
    help: {
      en: 'Views that each block takes of the other bars at once. Must divide the model width.',
      zh: '每个块同时用几种视角看其他 K 线，必须整除模型宽度。',
    },
    default: count,
    source: seedConfiguration('Vaswani et al. 2017'),
    min: 1,
    max: 64,
  });
export const blocks = (count: number) =>
  integer({
    label: { en: 'Blocks', zh: '块数' },
    help: { en: 'Encoder blocks, one after the other.', zh: '依次相接的编码块数。' },
    default: count,
    source: seedConfiguration('Vaswani et al. 2017'),
    min: 1,
    max: 48,
  });
export const feedForward = (size: number) =>
  integer({
    label: { en: 'Feed-forward width', zh: '前馈宽度' },
    help: { en: 'Inner width of the two-layer network behind each attention.', zh: '每个注意力之后两层网络的内部宽度。' },
    default: size,
    source: seedConfiguration('Vaswani et al. 2017'),
    min: 1,
    max: 16384,
  });
export const dropout = (rate: number, method = 'Srivastava et al. 2014') =>
  number({
    label: { en: 'Dropout', zh: 'Dropout' },
    help: {
      en: 'Share of values that a training step sets to 0, against learning by heart.',
      zh: '训练时每步置零的数值占比，用来防止死记。',
    },
    default: rate,
    source: seedConfiguration(method),
    min: 0,
    max: 0.95,
  });
