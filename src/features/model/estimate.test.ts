import { expect, test } from 'vitest';
import { catalog } from '../../models/catalog.ts';
import { presetConfig } from '../../models/model-spec.ts';
import { countParameters } from '../../models/parameter.ts';
import { modelBytes, stepsPerEpoch } from './estimate.ts';

test('a frozen base costs its weights only', () => {
  const spec = catalog['peft-transformer'];
  const bytes = modelBytes(countParameters(spec.parameters(presetConfig(spec, 'full'), 16)));
  expect(bytes).toEqual({ weights: 108_558_608, gradients: 7_643_408, optimizer: 15_286_816, total: 131_488_832 });
});

test('a part batch is a step', () => {
  expect(stepsPerEpoch(64, 32)).toBe(2);
  expect(stepsPerEpoch(65, 32)).toBe(3);
});
