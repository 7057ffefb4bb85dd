import { expect, test } from 'vitest';
import { curvesOf, drawnPoints, inverseOf, pathOf, scaleOf, within } from './chart-curves.ts';
import { plainView } from './chart-view.ts';

const points = (count: number) => Array.from({ length: count }, (_, at) => ({ at, value: at === 4711 ? 99 : Math.sin(at) }));
const line = (id: string, steps = points(15_000)) => ({ id, label: id, color: 'red', steps, epochs: [] });

test('of 15,000 points at most 600 are drawn, the spike among them', () => {
  const [curve] = curvesOf([line('a')], plainView, [0, 15_000]);
  expect(curve?.points.length).toBeLessThanOrEqual(drawnPoints);
  expect(curve?.points.map(({ value }) => value)).toContain(99);
});

test('fifty lines share what one chart draws', () => {
  const lines = Array.from({ length: 50 }, (_, index) => line(String(index)));
  const drawn = curvesOf(lines, plainView, [0, 15_000]).reduce((sum, curve) => sum + curve.points.length, 0);
  expect(drawn).toBeLessThanOrEqual(12_000);
  expect(drawn).toBeGreaterThan(2000);
});

test('smoothing keeps the raw line behind the smooth one', () => {
  const curves = curvesOf([line('a', points(50))], { ...plainView, smoothing: 0.9 }, [0, 50]);
  expect(curves.map(({ key }) => key)).toEqual(['a:steps', 'a:steps-smoothed']);
  expect(curves[0]?.opacity).toBeLessThan(curves[1]?.opacity ?? 0);
});

test('a zoomed stretch shows more of its points, and runs to both edges', () => {
  const [curve] = curvesOf([line('a')], plainView, [1000, 1200]);
  expect(curve?.points.length).toBe(203);
  expect(within(points(10), [3.5, 5.5]).map(({ at }) => at)).toEqual([3, 4, 5, 6]);
});

test('a scale and its inverse undo each other', () => {
  for (const logarithmic of [false, true]) {
    const scale = scaleOf([1, 100], 0, 300, logarithmic);
    const inverse = inverseOf([1, 100], 0, 300, logarithmic);
    for (const value of [1, 10, 55, 100]) expect(inverse(scale(value))).toBeCloseTo(value, 9);
  }
  expect(scaleOf([1, 100], 0, 300, true)(10)).toBeCloseTo(150, 9);
});

test('a path begins with a move and goes on with lines', () => {
  const same = (value: number) => value;
  expect(pathOf([], same, same)).toBe('');
  expect(pathOf(points(2), same, same)).toBe('M0.0,0.0L1.0,0.8');
});
