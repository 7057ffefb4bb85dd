import { expect, test } from 'vitest';
import { initialSettings } from '../../training/settings.ts';
import { dataSize, memoryOf } from './memory-of.ts';

test('until a file tells, the longest automatic window is assumed, and a preset or the person shortens it', () => {
  expect(dataSize(initialSettings, null, 16)).toEqual({ time: 500, featureCount: 16, bars: 0 });
  expect(dataSize({ ...initialSettings, preset: 'tiny' }, null, 16).time).toBe(32);
  expect(dataSize({ ...initialSettings, overrides: { 'data.sequenceLength': 90 } }, null, 16).time).toBe(90);
});

test('a frozen base has weights only', () => {
  const fit = memoryOf(initialSettings, 'peft-transformer', { time: 500, featureCount: 16, bars: 0 }, 0);
  expect(fit?.plan.bytes).toMatchObject({ frozen: 100_915_200, gradients: 7_644_928, optimizer: 15_289_856, best: 7_644_928 });
});

test('sizes that contradict each other have no plan', () => {
  const settings = { ...initialSettings, overrides: { 'transformer.heads': 7 } };
  expect(memoryOf(settings, 'transformer', { time: 32, featureCount: 16, bars: 0 }, 0)).toBeNull();
});
