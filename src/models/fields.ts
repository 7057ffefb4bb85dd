/** Size fields that several models share. */
import { integer, number } from '../lib/fields.ts';

export const hiddenSize = (size: number) =>
  integer({ label: { en: 'Hidden size', zh: '隐藏单元数' }, unit: { en: 'units', zh: '个' }, default: size, min: 1, max: 2048 });
export const layers = (count: number) => integer({ label: { en: 'Layers', zh: '层数' }, default: count, min: 1, max: 12 });
export const width = (size: number) => integer({ label: { en: 'Model width d', zh: '模型宽度 d' }, default: size, min: 2, max: 4096 });
export const heads = (count: number) =>
  integer({
    label: { en: 'Attention heads', zh: '注意力头数' },
    help: { en: 'Must divide the model width.', zh: '必须整除模型宽度。' },
    default: count,
    min: 1,
    max: 64,
  });
export const blocks = (count: number) => integer({ label: { en: 'Blocks', zh: '块数' }, default: count, min: 1, max: 48 });
export const feedForward = (size: number) =>
  integer({ label: { en: 'Feed-forward width', zh: '前馈宽度' }, default: size, min: 1, max: 16384 });
export const dropout = (rate: number) => number({ label: { en: 'Dropout', zh: 'Dropout' }, default: rate, min: 0, max: 0.95 });
