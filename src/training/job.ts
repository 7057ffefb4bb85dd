/** What a person asks for: one model to train with these settings on the loaded data. Page-safe. */
import { z } from 'zod/mini';
import { type DataConfig, dataFields } from '../data/fields.ts';
import { StudioError } from '../lib/errors.ts';
import { parseValues } from '../lib/fields.ts';
import { catalog, type ModelId, modelIds } from '../models/catalog.ts';
import { type ModelConfig, type PresetId, presetConfig, presetIds } from '../models/model-spec.ts';
import { type TrainingConfig, trainingFields } from './fields.ts';

export interface Job {
  readonly runId: string;
  readonly model: ModelId;
  readonly preset: PresetId;
  /** Absent: training. `pretrain`: the model's base learns to fill in masked bars, and its weights are what a later job starts from. */
  readonly task?: 'pretrain' | undefined;
  /** Id of the run whose weights (and optimizer, where they are kept) this job goes on from. */
  readonly startFrom?: string | undefined;
  readonly modelConfig: ModelConfig;
  readonly data: DataConfig;
  readonly training: TrainingConfig;
}

const record = z.record(z.string(), z.union([z.number(), z.boolean(), z.string()]));
const jobShape = z.object({
  runId: z.string().check(z.minLength(1), z.maxLength(100)),
  model: z.enum(modelIds),
  preset: z.enum(presetIds),
  task: z.optional(z.literal('pretrain')),
  startFrom: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  modelConfig: record,
  data: record,
  training: record,
});

/** @throws StudioError `invalid-setting` or `unknown-setting`, naming the path. */
export function parseJob(received: unknown): Job {
  const parsed = jobShape.safeParse(received);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new StudioError('invalid-setting', { path: issue?.path.join('.') ?? 'job', value: '', range: issue?.message ?? '' });
  }
  const { runId, model, preset, task, startFrom, modelConfig, data, training } = parsed.data;
  const spec = catalog[model];
  const job = {
    runId,
    model,
    preset,
    ...(task ? { task } : {}),
    ...(startFrom ? { startFrom } : {}),
    modelConfig: parseValues(spec.fields, modelConfig, 'model'),
    data: parseValues(dataFields, data, 'data'),
    training: parseValues(trainingFields, training, 'training'),
  };
  if (task && model !== 'peft-transformer')
    throw new StudioError('invalid-setting', { path: 'task', value: task, range: 'peft-transformer' });
  spec.parameters(job.modelConfig, 1);
  return job;
}

/** A model's job at a preset with the defaults of the tables. */
export function defaultJob(runId: string, model: ModelId, preset: PresetId): Job {
  const spec = catalog[model];
  return {
    runId,
    model,
    preset,
    modelConfig: presetConfig(spec, preset),
    data: parseValues(dataFields, {}, 'data'),
    training: parseValues(trainingFields, { ...spec.training }, 'training'),
  };
}
