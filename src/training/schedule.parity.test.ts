/** The learning rate of 61 epochs against PyTorch's CosineAnnealingLR, beyond T_max included. */
import { expect, test } from 'vitest';
import fixture from './fixtures/schedule.json';
import { learningRateAt } from './schedule.ts';

test('cosine annealing is that of PyTorch', () => {
  expect(fixture.rates).toHaveLength(61);
  fixture.rates.forEach((rate, epochIndex) => {
    const own = learningRateAt({ ...fixture, schedule: 'cosine' }, epochIndex);
    expect(Math.abs(own - rate) / rate, `epoch ${epochIndex}`).toBeLessThanOrEqual(1e-9);
  });
});
