import { expect, test } from 'vitest';
import { learningRateAt } from './schedule.ts';

const config = { schedule: 'cosine' as const, learningRate: 2e-4, minLearningRate: 1e-6, scheduleEpochs: 50 };

test('starts at the base rate, is halfway in the middle and ends at eta_min', () => {
  expect(learningRateAt(config, 0)).toBe(2e-4);
  expect(learningRateAt(config, 25)).toBeCloseTo((2e-4 + 1e-6) / 2, 18);
  expect(learningRateAt(config, 50)).toBeCloseTo(1e-6, 18);
});

test("equals PyTorch's recursion, which computes each rate from the one before", () => {
  // CosineAnnealingLR.get_lr: (1 + cos(π·e/T)) / (1 + cos(π·(e−1)/T)) · (lr − eta_min) + eta_min, for e up to T.
  let rate = config.learningRate;
  for (let epoch = 1; epoch <= 50; epoch++) {
    const factor = (1 + Math.cos((Math.PI * epoch) / 50)) / (1 + Math.cos((Math.PI * (epoch - 1)) / 50));
    rate = factor * (rate - 1e-6) + 1e-6;
    expect(Math.abs(learningRateAt(config, epoch) - rate)).toBeLessThan(1e-16);
  }
});

test('rises again beyond T_max, as the closed form does', () => {
  expect(learningRateAt(config, 75)).toBeCloseTo(learningRateAt(config, 25), 18);
  expect(learningRateAt(config, 100)).toBeCloseTo(2e-4, 18);
});

test('a constant schedule stays', () => {
  expect([0, 10, 1000].map((epoch) => learningRateAt({ ...config, schedule: 'constant' }, epoch))).toEqual([2e-4, 2e-4, 2e-4]);
});
