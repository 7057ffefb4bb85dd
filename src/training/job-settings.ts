/**
 * Settings as something to carry: as a document that a person keeps, as an address that a person sends, and back out of a job that was
 * trained. Never data. Page-safe.
 */
import { z } from 'zod/mini';
import { dataFields } from '../data/fields.ts';
import { StudioError } from '../lib/errors.ts';
import type { FieldTable, FieldValue } from '../lib/fields.ts';
import { catalog, modelIds } from '../models/catalog.ts';
import { presetConfig, presetIds } from '../models/model-spec.ts';
import { trainingFields } from './fields.ts';
import { type Job, parseJob } from './job.ts';
import { applySetting, initialSettings, type Settings } from './settings.ts';

const format = 'kline-studio-settings';

const document = z.object({
  format: z.literal(format),
  models: z.array(z.enum(modelIds)),
  preset: z.enum(presetIds),
  overrides: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
});

/** What differs from the defaults, and nothing else. */
export const settingsDocument = ({ models, preset, overrides }: Settings): string =>
  `${JSON.stringify({ format, models, preset, overrides }, null, 2)}\n`;

function differing(
  section: string,
  table: FieldTable,
  values: Readonly<Record<string, FieldValue>>,
  defaults: Readonly<Record<string, FieldValue | undefined>>,
): [string, FieldValue][] {
  return Object.keys(table).flatMap((name): [string, FieldValue][] => {
    const value = values[name];
    return value === undefined || value === (defaults[name] ?? table[name]?.default) ? [] : [[`${section}.${name}`, value]];
  });
}

/** Settings that give the same job again. */
export function settingsOfJob({ model, preset, modelConfig, data, training }: Job): Settings {
  const spec = catalog[model];
  const overrides = Object.fromEntries([
    ...differing('data', dataFields, data, {}),
    ...differing('training', trainingFields, training, spec.training),
    ...differing(model, spec.fields, modelConfig, presetConfig(spec, preset)),
  ]);
  return { models: [model], preset, overrides };
}

/**
 * Reads a settings document, or a job as a run keeps it.
 * @throws StudioError `invalid-setting` or `unknown-setting`, naming the path
 */
export function parseSettings(text: string): Settings {
  let received: unknown;
  try {
    received = JSON.parse(text);
  } catch {
    throw new StudioError('invalid-setting', { path: 'JSON', value: text.slice(0, 40), range: format });
  }
  const parsed = document.safeParse(received);
  if (parsed.success) {
    const { models, preset, overrides } = parsed.data;
    const chosen: Settings = { ...initialSettings, models: modelIds.filter((id) => models.includes(id)), preset };
    return Object.entries(overrides).reduce((settings, [path, value]) => applySetting(settings, path, value), chosen);
  }
  if (typeof received === 'object' && received !== null && 'modelConfig' in received) return settingsOfJob(parseJob(received));
  const issue = parsed.error.issues[0];
  throw new StudioError('invalid-setting', { path: issue?.path.join('.') || 'format', value: '', range: issue?.message ?? format });
}

/** The query of an address that holds only what differs from the defaults; empty where nothing does. */
export function settingsQuery({ models, preset, overrides }: Settings): string {
  const query = new URLSearchParams();
  if (String(models) !== String(initialSettings.models)) query.set('model', models.length === modelIds.length ? 'all' : models.join(','));
  if (preset !== initialSettings.preset) query.set('preset', preset);
  for (const [path, value] of Object.entries(overrides)) query.append('set', `${path}=${value}`);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
