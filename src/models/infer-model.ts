/** Which of the five models a state_dict belongs to, told from its names and shapes alone, and what those cannot tell. */
import { StudioError } from '../lib/errors.ts';
import { catalog, type ModelId } from './catalog.ts';
import type { ModelConfig } from './model-spec.ts';
import type { NamedTensor } from './named-tensor.ts';

type Named = Pick<NamedTensor, 'name' | 'shape'>;

export interface InferredModel {
  readonly model: ModelId;
  /** Every field of the model; those in `open` at a guess. */
  readonly config: ModelConfig;
  readonly featureCount: number;
  /** Fields that leave no mark in names or shapes, and change what the model computes. */
  readonly open: readonly string[];
}

/** @throws StudioError `invalid-weights` with reason `no-model` */
export function inferModel(tensors: readonly Named[]): InferredModel {
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
  const at = (name: string, axis: number): number => {
    const length = shapes.get(name)?.[axis];
    if (length === undefined) throw new StudioError('invalid-weights', { reason: 'no-model', name });
    return length;
  };
  const countOf = (pattern: (index: number) => string): number => {
    let count = 0;
    while (shapes.has(pattern(count))) count++;
    return count;
  };
  const made = (model: ModelId, sizes: ModelConfig, featureCount: number, open: readonly string[] = []): InferredModel => {
    const defaults = Object.fromEntries(Object.entries(catalog[model].fields).map(([name, field]) => [name, field.default]));
    return { model, config: { ...defaults, ...sizes }, featureCount, open };
  };
  for (const [model, gates] of [
    ['lstm', 4],
    ['gru', 3],
  ] as const) {
    if (!shapes.has(`${model}.weight_ih_l0`)) continue;
    const layers = countOf((layer) => `${model}.weight_ih_l${layer}`);
    return made(model, { hiddenSize: at(`${model}.weight_ih_l0`, 0) / gates, layers }, at(`${model}.weight_ih_l0`, 1));
  }
  const width = at('input.weight', 0);
  const body = { width, heads: likelyHeads(width), blocks: countOf((block) => `blocks.${block}.norm1.weight`) };
  const features = at('input.weight', 1);
  if (shapes.has('blocks.0.moe.router.weight')) {
    const experts = at('blocks.0.moe.router.weight', 0);
    const expertWidth = at('blocks.0.moe.experts.0.linear1.weight', 0);
    return made('moe-transformer', { ...body, experts, expertWidth }, features, ['heads', 'attentionWindow']);
  }
  const dense = { ...body, feedForward: at('blocks.0.linear1.weight', 0) };
  if (!shapes.has('heads.direction.8.weight')) return made('transformer', dense, features, ['heads']);
  const adapter = 'blocks.0.self_attn.in_proj.lora_A.weight';
  const loraRank = shapes.has(adapter) ? at(adapter, 0) : 0;
  const deep = { firstHeadWidth: at('heads.direction.0.weight', 0), secondHeadWidth: at('heads.direction.4.weight', 0), loraRank };
  return made('peft-transformer', { ...dense, ...deep }, features, loraRank > 0 ? ['heads', 'loraAlpha'] : ['heads']);
}

/** Eight where it divides, as in most models of this size; else the largest divisor below. */
function likelyHeads(width: number): number {
  for (let heads = 8; heads > 1; heads--) if (width % heads === 0) return heads;
  return 1;
}
