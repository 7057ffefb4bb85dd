/** A model from its configuration. One of the four tables; `catalog.ts` is its twin on the page side. */
import { type FieldTable, parseValues, type Values } from '../lib/fields.ts';
import { catalog, type ModelId } from './catalog.ts';
import { gru } from './gru/model.ts';
import { gruFields } from './gru/spec.ts';
import { lstm } from './lstm/model.ts';
import { lstmFields } from './lstm/spec.ts';
import type { Forward, Model, Split } from './model.ts';
import type { ModelConfig } from './model-spec.ts';
import { moeTransformer } from './moe-transformer/model.ts';
import { moeTransformerFields } from './moe-transformer/spec.ts';
import { peftSplit, peftTransformer } from './peft-transformer/model.ts';
import { peftTransformerFields } from './peft-transformer/spec.ts';
import { transformer } from './transformer/model.ts';
import { transformerFields } from './transformer/spec.ts';

const bind =
  <T extends FieldTable>(fields: T, build: (config: Values<T>) => Forward) =>
  (config: ModelConfig): Forward =>
    build(parseValues(fields, config, 'model'));

const builders: Readonly<Record<ModelId, (config: ModelConfig) => Forward>> = {
  lstm: bind(lstmFields, lstm),
  gru: bind(gruFields, gru),
  transformer: bind(transformerFields, transformer),
  'peft-transformer': bind(peftTransformerFields, peftTransformer),
  'moe-transformer': bind(moeTransformerFields, moeTransformer),
};

const splits: Partial<Record<ModelId, (config: ModelConfig) => Split | null>> = {
  'peft-transformer': (config) => {
    const values = parseValues(peftTransformerFields, config, 'model');
    // Under adapters the base changes with every step.
    return values.loraRank > 0 ? null : peftSplit(values);
  },
};

/** @throws StudioError `invalid-setting` when a size does not fit. */
export function buildModel(id: ModelId, config: ModelConfig, featureCount: number): Model {
  const { experts, blocks } = id === 'moe-transformer' ? parseValues(moeTransformerFields, config, 'model') : { experts: 0, blocks: 0 };
  const parameters = catalog[id].parameters(config, featureCount);
  return { experts, routedBlocks: blocks, parameters, forward: builders[id](config), split: splits[id]?.(config) ?? null };
}
