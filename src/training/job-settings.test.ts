import { expect, test } from 'vitest';
import { parseSettings, settingsDocument, settingsOfJob, settingsQuery } from './job-settings.ts';
import { applySettingText, initialSettings, jobOf, type Settings } from './settings.ts';

const settings: Settings = {
  models: ['gru', 'moe-transformer'],
  preset: 'tiny',
  overrides: { 'training.epochs': 7, 'gru.hiddenSize': 24, 'data.horizon': 3, 'training.mixup': true },
};

test('a document comes back as the settings it was made of', () => {
  expect(parseSettings(settingsDocument(settings))).toEqual(settings);
});

test('the settings of a job give the same job, for every model', () => {
  for (const model of ['lstm', 'gru', 'transformer', 'peft-transformer', 'moe-transformer'] as const) {
    const job = jobOf(
      {
        ...settings,
        models: [model],
        overrides: { ...settings.overrides, [`${model}.${model === 'peft-transformer' ? 'headDropout' : 'dropout'}`]: 0.3 },
      },
      model,
      'run-1',
    );
    const again = settingsOfJob(job);
    expect(jobOf(again, model, 'run-1')).toEqual(job);
    expect(parseSettings(JSON.stringify(job))).toEqual(again);
    expect(again.overrides['training.batchSize']).toBeUndefined();
  }
});

test.each([
  ['{', 'JSON'],
  ['{"format":"other"}', 'format'],
  [settingsDocument({ ...settings, overrides: { 'training.epochs': 0 } }), 'training.epochs'],
  [settingsDocument({ ...settings, overrides: { 'training.__proto__': 0 } }), 'training.__proto__'],
])('%s is refused by name', (text, path) => {
  expect(() => parseSettings(text)).toThrow(expect.objectContaining({ parameters: expect.objectContaining({ path }) }));
});

test('an address holds what differs, and can be read again', () => {
  expect(settingsQuery(initialSettings)).toBe('');
  const query = new URLSearchParams(settingsQuery(settings));
  expect(query.get('model')).toBe('gru,moe-transformer');
  expect(query.get('preset')).toBe('tiny');
  const read = query.getAll('set').reduce(applySettingText, { ...initialSettings, models: settings.models, preset: settings.preset });
  expect(read).toEqual(settings);
});
