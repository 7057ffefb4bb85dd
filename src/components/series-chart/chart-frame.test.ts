import { expect, test } from 'vitest';
import { type FrameOptions, frameOf } from './chart-frame.ts';
import { plainView } from './chart-view.ts';

const line = (values: readonly number[], id = 'a') => ({
  id,
  label: id,
  color: 'red',
  steps: values.map((value, index) => ({ at: index, value })),
  epochs: [],
});
const options: FrameOptions = { view: plainView, zoom: null, fromZero: false, band: undefined, start: 0 };

test('the frame holds every point, with room', () => {
  const { x, y, outside } = frameOf([line([1, 5, 3])], options);
  expect(x).toEqual([0, 2]);
  expect(y[0]).toBeLessThan(1);
  expect(y[1]).toBeGreaterThan(5);
  expect(outside).toBe(0);
});

test('a spike is hidden only where asked, and counted', () => {
  const values = Array.from({ length: 1000 }, (_, i) => (i === 500 || i === 700 ? 1e6 : 1 + (i % 10) / 100));
  expect(frameOf([line(values)], options).y[1]).toBeGreaterThan(1e6);
  const hidden = frameOf([line(values)], { ...options, view: { ...plainView, hideOutliers: true } });
  expect(hidden.y[1]).toBeLessThan(2);
  expect(hidden.outside).toBe(2);
});

test('a logarithmic axis says what it cannot show', () => {
  const { y, unloggable } = frameOf([line([0, -1, 0.01, 100])], { ...options, view: { ...plainView, logY: true } });
  expect(unloggable).toBe(2);
  expect(y[0]).toBeGreaterThan(0.001);
  expect(y[1]).toBeGreaterThan(100);
});

test('zooming fits the values to the stretch', () => {
  const { x, y } = frameOf([line([100, 1, 2, 3])], { ...options, zoom: [1, 3] });
  expect(x).toEqual([1, 3]);
  expect(y[1]).toBeLessThan(10);
});

test('a band is always seen, and one point is enough', () => {
  const { y } = frameOf([line([0.5])], { ...options, band: { label: '', low: 0.3, value: 0.33, high: 0.36 } });
  expect(y[0]).toBeLessThan(0.3);
  expect(y[1]).toBeGreaterThan(0.5);
});
