/**
 * What the person changed against the defaults, by path: `data.horizon`, `training.epochs`, `lstm.hiddenSize`, or
 * `model.dropout` for every chosen model that has such a field. The form, the address bar and `--set` all write here.
 */
import { type DataConfig, dataFields } from '../data/fields.ts';
import { StudioError } from '../lib/errors.ts';
import { describeRange, type Field, type FieldTable, type FieldValue, parseText, parseValues, problemOf } from '../lib/fields.ts';
import { catalog, type ModelId, modelIds } from '../models/catalog.ts';
import { type ModelConfig, type PresetId, presetConfig } from '../models/model-spec.ts';
import { type TrainingConfig, trainingFields } from './fields.ts';
import type { Job } from './job.ts';

export interface Settings {
  readonly models: readonly ModelId[];
  readonly preset: PresetId;
  /** Path → value, only what differs. */
  readonly overrides: Readonly<Record<string, FieldValue>>;
}

export const initialSettings: Settings = { models: ['gru'], preset: 'full', overrides: {} };

const sections: Readonly<Record<string, FieldTable>> = {
  data: dataFields,
  training: trainingFields,
  ...Object.fromEntries(modelIds.map((id) => [id, catalog[id].fields])),
};

/** Every path that can be set, with its field; `model.*` paths are shorthands and not listed. */
export function listPaths(): { path: string; field: Field }[] {
  return Object.entries(sections).flatMap(([section, table]) =>
    Object.entries(table).map(([name, field]) => ({ path: `${section}.${name}`, field })),
  );
}

function fieldAt(path: string): Field {
  const dot = path.indexOf('.');
  const [section, name] = [path.slice(0, dot), path.slice(dot + 1)];
  const table = Object.hasOwn(sections, section) ? sections[section] : undefined;
  const field = table && Object.hasOwn(table, name) ? table[name] : undefined;
  if (!field) throw new StudioError('unknown-setting', { path, known: Object.keys(table ?? sections).join(', ') });
  return field;
}

/**
 * The settings with one value changed.
 * @throws StudioError `unknown-setting` or `invalid-setting`.
 */
export function applySetting(settings: Settings, path: string, value: FieldValue): Settings {
  if (path.startsWith('model.')) {
    const name = path.slice('model.'.length);
    const owners = settings.models.filter((id) => Object.hasOwn(catalog[id].fields, name));
    if (owners.length === 0)
      throw new StudioError('unknown-setting', {
        path,
        known: settings.models.flatMap((id) => Object.keys(catalog[id].fields)).join(', '),
      });
    return owners.reduce((changed, id) => applySetting(changed, `${id}.${name}`, value), settings);
  }
  const field = fieldAt(path);
  if (problemOf(field, value)) throw new StudioError('invalid-setting', { path, value: String(value), range: describeRange(field) });
  return { ...settings, overrides: { ...settings.overrides, [path]: value } };
}

/** The same from text, as the command line and the address bar give it: `training.epochs=5`. */
export function applySettingText(settings: Settings, assignment: string): Settings {
  const equals = assignment.indexOf('=');
  if (equals < 1) throw new StudioError('invalid-setting', { path: assignment, value: '', range: 'path=value' });
  const [path, text] = [assignment.slice(0, equals), assignment.slice(equals + 1)];
  const sample = path.startsWith('model.')
    ? settings.models.map((id) => catalog[id].fields[path.slice('model.'.length)]).find((field) => field)
    : fieldAt(path);
  return applySetting(settings, path, sample ? parseText(sample, text) : text);
}

/** Back to the default of one path. */
export function resetSetting(settings: Settings, path: string): Settings {
  const { [path]: _removed, ...overrides } = settings.overrides;
  return { ...settings, overrides };
}

function section(settings: Settings, name: string): Record<string, FieldValue> {
  const prefix = `${name}.`;
  return Object.fromEntries(
    Object.entries(settings.overrides)
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, value]) => [path.slice(prefix.length), value]),
  );
}

export const dataConfigOf = (settings: Settings): DataConfig => parseValues(dataFields, section(settings, 'data'), 'data');

/** Table defaults, then the model's own, then the person's. */
export const trainingConfigOf = (settings: Settings, model: ModelId): TrainingConfig =>
  parseValues(trainingFields, { ...catalog[model].training, ...section(settings, 'training') }, 'training');

export const modelConfigOf = (settings: Settings, model: ModelId): ModelConfig =>
  parseValues(catalog[model].fields, { ...presetConfig(catalog[model], settings.preset), ...section(settings, model) }, model);

/**
 * The jobs of one start: each model once, or once a fold of a walk-forward evaluation, each with as many seeds as asked for.
 * @param newRunId makes an id from the model and the job's place in the queue
 */
export function jobsOf(settings: Settings, models: readonly ModelId[], newRunId: (model: ModelId, index: number) => string): Job[] {
  const jobs: Job[] = [];
  const { folds, fold } = dataConfigOf(settings);
  const chosenFolds = folds > 0 ? Array.from({ length: folds }, (_, i) => i) : [fold];
  for (const model of models) {
    for (const own of chosenFolds) {
      const { repeats, seed } = trainingConfigOf(settings, model);
      for (let repeat = 0; repeat < repeats; repeat++) {
        const job = jobOf(settings, model, newRunId(model, jobs.length));
        const training = { ...job.training, seed: (seed + repeat) % 4294967296 };
        const seeded = { ...job, data: { ...job.data, fold: own }, training };
        if (job.modelConfig.base === 'pretraining') jobs.push(...withPretraining(seeded, newRunId(model, jobs.length + 1)));
        else jobs.push(seeded);
      }
    }
  }
  return jobs;
}

/** The pre-training of the job's base, then the job itself on that base. */
function withPretraining(job: Job, laterRunId: string): Job[] {
  const pretraining = {
    ...job,
    task: 'pretrain' as const,
    training: { ...job.training, mixup: false, traceSteps: 0, monitor: 'loss' as const },
  };
  return [pretraining, { ...job, runId: laterRunId, modelConfig: { ...job.modelConfig, baseRun: job.runId } }];
}

export function jobOf(settings: Settings, model: ModelId, runId: string): Job {
  return {
    runId,
    model,
    preset: settings.preset,
    modelConfig: modelConfigOf(settings, model),
    data: dataConfigOf(settings),
    training: trainingConfigOf(settings, model),
  };
}
