import { expect, test } from 'vitest';
import { createRandom } from '../lib/random.ts';
import { drawMixup } from './mixup.ts';

const config = { mixup: true, mixupAlpha: 0.2, mixupProbability: 0.5 };

test('mixes the asked share of batches, with a permutation of their rows', () => {
  const random = createRandom(3);
  const draws = Array.from({ length: 4000 }, () => drawMixup(config, 8, random));
  const mixed = draws.filter((draw) => draw !== null);
  expect(mixed.length / draws.length).toBeGreaterThan(0.47);
  expect(mixed.length / draws.length).toBeLessThan(0.53);
  for (const { permutation } of mixed) expect([...permutation].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const orders = new Set(mixed.map(({ permutation }) => permutation.join()));
  expect(orders.size).toBeGreaterThan(1500);
});

test('lambda has the mean and the variance of Beta(α, α)', () => {
  const random = createRandom(9);
  for (const alpha of [0.2, 1, 4]) {
    const values = Array.from(
      { length: 20000 },
      () => drawMixup({ ...config, mixupAlpha: alpha, mixupProbability: 1 }, 1, random)?.lambda ?? Number.NaN,
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.012);
    expect(variance / (1 / (4 * (2 * alpha + 1)))).toBeGreaterThan(0.96);
    expect(variance / (1 / (4 * (2 * alpha + 1)))).toBeLessThan(1.04);
  }
});

test('the same stream gives the same mixture; switched off it draws nothing', () => {
  const always = { ...config, mixupProbability: 1 };
  expect(drawMixup(always, 16, createRandom(1))).toEqual(drawMixup(always, 16, createRandom(1)));
  const random = createRandom(1);
  expect(drawMixup({ ...config, mixup: false }, 16, random)).toBeNull();
  expect(drawMixup({ ...config, mixupProbability: 0 }, 16, createRandom(1))).toBeNull();
  expect(random.state).toBe(1);
});
