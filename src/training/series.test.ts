import { expect, test } from 'vitest';
import { appendPoints, seriesLimit } from './series.ts';

test('a long curve stays bounded, ordered, and keeps its one spike', () => {
  let series = {};
  for (let step = 1; step <= 20_000; step++)
    series = appendPoints(series, [{ step, at: step, elapsedMs: 0, clockMs: 0, metrics: { loss: step === 777 ? 100 : Math.sin(step) } }]);
  const kept = (series as Record<string, { step: number; value: number }[]>).loss ?? [];
  expect(kept.length).toBeLessThanOrEqual(seriesLimit);
  expect(kept.length).toBeGreaterThan(seriesLimit / 4);
  expect(kept.filter((point) => point.value === 100).map((point) => point.step)).toEqual([777]);
  expect(kept.every((point, index) => index === 0 || point.step > (kept[index - 1]?.step ?? 0))).toBe(true);
});

test('values that are not finite are left out', () => {
  expect(appendPoints({}, [{ step: 1, at: 1, elapsedMs: 0, clockMs: 0, metrics: { loss: Number.NaN, accuracy: 0.5 } }])).toEqual({
    accuracy: [{ step: 1, at: 1, elapsedMs: 0, clockMs: 0, value: 0.5 }],
  });
});
