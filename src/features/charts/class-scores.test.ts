import { expect, test } from 'vitest';
import { classScores, loadEntropy } from './class-scores.ts';

test('precision by column, recall by row', () => {
  const [down, flat, up] = classScores([6, 2, 2, 0, 0, 4, 0, 0, 0]);
  expect(down).toEqual({ precision: 1, recall: 0.6, f1: 12 / 16, support: 10 });
  expect(flat).toEqual({ precision: 0, recall: 0, f1: 0, support: 4 });
  expect(up).toEqual({ precision: 0, recall: null, f1: 0, support: 0 });
});

test('a class that neither happened nor was predicted has no score', () => {
  expect(classScores([1, 0, 0, 0, 1, 0, 0, 0, 0])[2]).toEqual({ precision: null, recall: null, f1: null, support: 0 });
});

test('entropy of an even, a lopsided and a single load', () => {
  expect(loadEntropy([1, 1, 1, 1])).toBeCloseTo(1, 12);
  expect(loadEntropy([4, 0, 0, 0])).toBe(0);
  expect(loadEntropy([2, 2, 0, 0])).toBeCloseTo(0.5, 12);
  expect(loadEntropy([])).toBe(0);
});
