import papa from 'papaparse';
import { expect, test } from 'vitest';
import { likeliest } from '../lib/class-probabilities.ts';
import { predictedWindowsCsv } from './predicted-windows-csv.ts';

const minute = Date.UTC(2025, 0, 6, 9, 30);

function rowsOf(count: number) {
  return {
    time: Float64Array.from({ length: count }, (_, i) => minute + 60_000 * i),
    close: Float64Array.from({ length: count }, (_, i) => 1.1 + i / 1000),
    probabilities: Float32Array.from({ length: 3 * count }, (_, i) => [0.2, 0.3, 0.5][i % 3] as number),
    returns: Float64Array.from({ length: count }, () => -0.00012345678),
    actualClasses: Int8Array.from({ length: count }, (_, i) => (i === count - 1 ? -1 : 0)),
    actualReturns: Float64Array.from({ length: count }, (_, i) => (i === count - 1 ? Number.NaN : 0.0002)),
    seen: Uint8Array.from({ length: count }, (_, i) => (i === 0 ? 1 : 0)),
  };
}

const read = (bytes: ArrayBuffer) =>
  papa.parse<Record<string, string>>(new TextDecoder().decode(bytes), { header: true, skipEmptyLines: true }).data;

test('a row a window; what is not known yet is empty', () => {
  const [first, last] = read(predictedWindowsCsv(rowsOf(2)));
  expect(first).toEqual({
    time: '2025-01-06T09:30:00Z',
    close: '1.1',
    probability_down: '0.2',
    probability_flat: '0.3',
    probability_up: '0.5',
    predicted_class: 'up',
    predicted_return_bp: '-1.2346',
    actual_class: 'down',
    actual_return_bp: '2',
    in_training: '1',
  });
  expect([last?.actual_class, last?.actual_return_bp, last?.in_training]).toEqual(['', '', '0']);
});

test('tens of thousands of rows keep their order, and no windows give a header alone', () => {
  const rows = read(predictedWindowsCsv(rowsOf(45_001)));
  expect(rows).toHaveLength(45_001);
  expect(rows.every(({ time }, i) => Date.parse(time ?? '') === minute + 60_000 * i)).toBe(true);
  expect(
    new TextDecoder()
      .decode(predictedWindowsCsv(rowsOf(0)))
      .trim()
      .split('\n'),
  ).toHaveLength(1);
});

test('the likeliest class; the lower index wins a tie', () => {
  expect(
    [
      [1, 0, 0],
      [0.5, 0.5, 0],
      [0, 0.5, 0.5],
      [0.2, 0.3, 0.5],
    ].map((row) => likeliest(row, 0)),
  ).toEqual([0, 0, 1, 2]);
});
