/** The page-safe half of a model: its name, its sizes as fields, its presets and its parameters. The other half (`model.ts`) computes. */
import { type FieldTable, type FieldValue, parseValues, type Text, type Values } from '../lib/fields.ts';
import type { TrainingConfig } from '../training/fields.ts';
import type { Shape } from './memory/encoder.ts';
import type { Rehearsal, Shadow } from './memory/rehearsal.ts';
import type { ParameterSpec } from './parameter.ts';

export const presetIds = ['full', 'compact', 'tiny'] as const;
export type PresetId = (typeof presetIds)[number];
/** Values of a model's fields, as they travel in a job. */
export type ModelConfig = Readonly<Record<string, FieldValue>>;

export interface ModelSpec {
  readonly name: Text;
  readonly summary: Text;
  /** Sizes; the defaults are the full preset. */
  readonly fields: FieldTable;
  /** What a preset changes against the defaults. */
  readonly presets: Readonly<Record<Exclude<PresetId, 'full'>, ModelConfig>>;
  /** Training defaults that are this model's own (mixup for PEFT). */
  readonly training: Partial<TrainingConfig>;
  /** Values of the largest tensor that one window of T bars makes in stock operations: what a single buffer must hold there. */
  largestActivation(config: ModelConfig, sequenceLength: number): number;
  /** The forward pass of the fused kernels over shadows, to know its memory. @param input `[batch, time, features]` @returns what stands for the loss */
  rehearse(config: ModelConfig, rehearsal: Rehearsal, input: Shadow, shape: Shape): Shadow;
  /** @throws StudioError when a value does not fit its field or sizes contradict each other. */
  parameters(config: ModelConfig, featureCount: number): ParameterSpec[];
}

interface Definition<T extends FieldTable> {
  readonly name: Text;
  readonly summary: Text;
  readonly fields: T;
  readonly presets: Readonly<Record<Exclude<PresetId, 'full'>, Partial<Values<T>>>>;
  readonly training?: Partial<TrainingConfig>;
  largestActivation(config: Values<T>, sequenceLength: number): number;
  rehearse(config: Values<T>, rehearsal: Rehearsal, input: Shadow, shape: Shape): Shadow;
  parameters(config: Values<T>, featureCount: number): ParameterSpec[];
}

/** Checks a model's declaration against its own field table and forgets the exact type at the table's border. */
export function defineModel<T extends FieldTable>(definition: Definition<T>): ModelSpec {
  return {
    ...definition,
    presets: definition.presets as ModelSpec['presets'],
    training: definition.training ?? {},
    largestActivation: (config, sequenceLength) =>
      definition.largestActivation(parseValues(definition.fields, config, 'model'), sequenceLength),
    rehearse: (config, ...given) => definition.rehearse(parseValues(definition.fields, config, 'model'), ...given),
    parameters: (config, featureCount) => definition.parameters(parseValues(definition.fields, config, 'model'), featureCount),
  };
}

/** A preset as a full configuration. */
export function presetConfig(spec: ModelSpec, preset: PresetId): ModelConfig {
  return parseValues(spec.fields, preset === 'full' ? {} : spec.presets[preset], 'model');
}

/** T of a preset (SPEC 2): full takes the automatic one, compact at most 128 of it, tiny 32. */
export function presetSequenceLength(preset: PresetId, automatic: number): number {
  if (preset === 'full') return automatic;
  return preset === 'compact' ? Math.min(automatic, 128) : 32;
}
