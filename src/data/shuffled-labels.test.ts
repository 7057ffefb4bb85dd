import { expect, test } from 'vitest';
import { shuffleLabels } from './shuffled-labels.ts';

test('deals class and return together, within each part only', () => {
  const rows = Array.from({ length: 90 }, (_, i) => i);
  const classes = Int8Array.from(rows, (i) => i % 3);
  const returns = Float64Array.from(rows, (i) => i);
  const windows = {
    train: Int32Array.from(rows.slice(5, 50)),
    validation: Int32Array.from(rows.slice(52, 70)),
    test: Int32Array.from(rows.slice(72)),
  };
  const dealt = shuffleLabels(classes, returns, windows);
  let moved = 0;
  for (const part of [windows.train, windows.validation, windows.test]) {
    expect([...part].map((row) => dealt.returns[row]).toSorted((a, b) => (a as number) - (b as number))).toEqual([...part]);
    for (const row of part) {
      const from = dealt.returns[row] as number;
      expect(dealt.classes[row]).toBe(classes[from]);
      if (from !== row) moved++;
    }
  }
  expect(moved).toBeGreaterThan(60);
  for (const row of [0, 4, 50, 51, 70, 71]) expect(dealt.returns[row]).toBe(row);
});
