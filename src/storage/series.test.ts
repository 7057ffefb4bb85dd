import { expect, test } from 'vitest';
import { packSeries, unpackSeries } from './series.ts';

test('a curve comes back from its columns as it was', () => {
  const point = (step: number) => ({ step, at: step / 7, elapsedMs: step * 3.5, clockMs: 1.7e12 + step, value: Math.sin(step) });
  const series = { 'train/loss': [1, 2, 9].map(point), 'optimizer/gradientNorm': [point(4)], 'train/accuracy': [] };
  expect(unpackSeries(packSeries(series))).toEqual(series);
});
