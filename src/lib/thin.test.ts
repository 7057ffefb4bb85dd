import { expect, test } from 'vitest';
import { type Point, thin } from './thin.ts';

const curve = (length: number, value: (index: number) => number): Point[] =>
  Array.from({ length }, (_, index) => ({ at: index / 10, value: value(index) }));

test('a short curve stays as it is', () => {
  const points = curve(600, Math.sin);
  expect(thin(points, 600)).toBe(points);
});

test('a long curve keeps its ends, its spikes and its order within the limit', () => {
  const points = curve(50_000, (index) => (index === 31_234 ? 99 : index === 777 ? -99 : Math.sin(index / 500)));
  const kept = thin(points, 600);
  expect(kept.length).toBeLessThanOrEqual(600);
  expect(kept.length).toBeGreaterThan(500);
  expect(kept[0]).toBe(points[0]);
  expect(kept.at(-1)).toBe(points.at(-1));
  expect(kept).toContain(points[31_234]);
  expect(kept).toContain(points[777]);
  for (let i = 1; i < kept.length; i++) expect((kept[i] as Point).at).toBeGreaterThan((kept[i - 1] as Point).at);
});

test.each([601, 602, 1199, 1200, 1201, 5000])('%d points fit the limit', (length) => {
  expect(
    thin(
      curve(length, (index) => (index * 7919) % 101),
      600,
    ).length,
  ).toBeLessThanOrEqual(600);
});

test('a value that is not a number is left out, not drawn', () => {
  expect(
    thin(
      [
        { at: 0, value: 1 },
        { at: 1, value: Number.NaN },
        { at: 2, value: Number.POSITIVE_INFINITY },
      ],
      600,
    ),
  ).toEqual([{ at: 0, value: 1 }]);
});

test('thinning again as the curve grows leaves every stretch equally fine', () => {
  let kept: readonly Point[] = [];
  for (let index = 0; index < 12_000; index++) {
    kept = [...kept, { at: index, value: (index * 7919) % 101 }];
    if (kept.length > 2000) kept = thin(kept, 1000);
  }
  const [early, late] = [kept.filter((point) => point.at < 3000).length, kept.filter((point) => point.at >= 9000).length];
  expect(early).toBeGreaterThan(150);
  expect(late / early).toBeLessThan(8);
});
