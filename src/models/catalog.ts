/** The five models as the page sees them. One of the four tables; `build.ts` is its twin on the worker side. */
import { gru } from './gru/spec.ts';
import { lstm } from './lstm/spec.ts';
import type { ModelSpec } from './model-spec.ts';
import { moeTransformer } from './moe-transformer/spec.ts';
import { peftTransformer } from './peft-transformer/spec.ts';
import { transformer } from './transformer/spec.ts';

export const modelIds = ['lstm', 'gru', 'transformer', 'peft-transformer', 'moe-transformer'] as const;
export type ModelId = (typeof modelIds)[number];

export const catalog: Readonly<Record<ModelId, ModelSpec>> = {
  lstm,
  gru,
  transformer,
  'peft-transformer': peftTransformer,
  'moe-transformer': moeTransformer,
};
