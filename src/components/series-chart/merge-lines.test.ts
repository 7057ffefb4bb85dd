import { expect, test } from 'vitest';
import { mergeLines } from './merge-lines.ts';

test('curves share a row where they meet and rows ascend', () => {
  const rows = mergeLines([
    {
      id: 'step',
      points: [
        { at: 0.5, value: 3 },
        { at: 1, value: 2 },
      ],
    },
    {
      id: 'epoch',
      points: [
        { at: 1, value: 4 },
        { at: 0.25, value: 9 },
      ],
    },
  ]);
  expect(rows).toEqual([
    { at: 0.25, epoch: 9 },
    { at: 0.5, step: 3 },
    { at: 1, step: 2, epoch: 4 },
  ]);
});

test('no curve, no row', () => {
  expect(mergeLines([])).toEqual([]);
});
