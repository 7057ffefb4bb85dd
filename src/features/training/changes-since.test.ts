import { expect, test } from 'vitest';
import { initialSettings, jobOf, type Settings } from '../../training/settings.ts';
import { changesSince } from './changes-since.ts';

const settings: Settings = { ...initialSettings, preset: 'tiny', overrides: { 'training.epochs': 5, 'lstm.hiddenSize': 9 } };

test('the same settings have not changed; those of other models do not count', () => {
  const job = jobOf(settings, 'gru', 'a');
  expect(changesSince(job, settings)).toEqual({ preset: null, overrides: [] });
  expect(changesSince(job, { ...settings, overrides: { ...settings.overrides, 'lstm.hiddenSize': 7 } }).overrides).toEqual([]);
});

test('what the device cut is no change of the settings, unless a person asked for it', () => {
  const job = jobOf(settings, 'gru', 'a');
  const cut = { ...job, training: { ...job.training, microBatchSize: 4, validationBatchSize: 4 } };
  expect(changesSince(cut, settings).overrides).toEqual([]);
  const asked: Settings = { ...settings, overrides: { ...settings.overrides, 'training.validationBatchSize': 16 } };
  expect(changesSince(cut, asked).overrides).toEqual([{ path: 'training.validationBatchSize', before: 4, after: 16 }]);
});

test('what was changed, added and given back is named', () => {
  const job = jobOf({ ...settings, overrides: { ...settings.overrides, 'training.seed': 8 } }, 'gru', 'a');
  const now: Settings = { ...settings, preset: 'compact', overrides: { 'training.epochs': 6, 'gru.hiddenSize': 20 } };
  const { preset, overrides } = changesSince(job, now);
  expect(preset).toEqual({ before: 'tiny', after: 'compact' });
  expect(overrides).toEqual([
    { path: 'training.seed', before: 8, after: undefined },
    { path: 'training.epochs', before: 5, after: 6 },
    { path: 'gru.hiddenSize', before: undefined, after: 20 },
  ]);
});
