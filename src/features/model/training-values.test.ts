import { expect, test } from 'vitest';
import { initialSettings } from '../../training/settings.ts';
import { overriddenNames } from './overridden-names.ts';
import { hiddenDefaults, trainingValues } from './training-values.ts';

test('a model alone shows its own default', () => {
  const settings = { ...initialSettings, models: ['peft-transformer'] as const };
  expect(trainingValues(settings).mixup).toBe(true);
  expect(hiddenDefaults(settings)).toEqual([]);
});

test('models that differ show the table and name the one with its own default', () => {
  const settings = { ...initialSettings, models: ['gru', 'peft-transformer'] as const };
  expect(trainingValues(settings).mixup).toBe(false);
  expect(hiddenDefaults(settings)).toEqual([{ model: 'peft-transformer', name: 'mixup', value: true }]);
});

test('what the person set comes before every default', () => {
  const settings = {
    ...initialSettings,
    models: ['gru', 'peft-transformer'] as const,
    overrides: { 'training.mixup': false, 'gru.layers': 2 },
  };
  expect(trainingValues(settings).mixup).toBe(false);
  expect(hiddenDefaults(settings)).toEqual([]);
  expect(overriddenNames(settings, 'training')).toEqual(['mixup']);
  expect(overriddenNames(settings, 'gru')).toEqual(['layers']);
});
