import { expect, test } from 'vitest';
import { createSpikeWatch } from './gradient-spikes.ts';

test('a norm ten times the median of those before it is a spike, and does not move the median much', () => {
  const watch = createSpikeWatch();
  for (let step = 0; step < 40; step++) expect(watch(1 + (step % 3) * 0.1)).toBeNull();
  expect(watch(10.9)).toBeNull();
  expect(watch(11.5)).toEqual({ norm: 11.5, median: 1.1 });
  expect(watch(11.5)).toEqual({ norm: 11.5, median: 1.1 });
});

test('the first steps are no spikes, whatever they are', () => {
  const watch = createSpikeWatch();
  watch(1e-3);
  for (let step = 1; step < 20; step++) expect(watch(step)).toBeNull();
});

test('norms that rise for good become the new measure', () => {
  const watch = createSpikeWatch();
  for (let step = 0; step < 30; step++) watch(1);
  const spikes = Array.from({ length: 60 }, () => watch(20)).filter((spike) => spike !== null);
  expect(spikes.length).toBeGreaterThan(0);
  expect(spikes.length).toBeLessThan(35);
});
