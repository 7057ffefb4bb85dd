/** Masks hide the same number of bars in every window, other bars in each, the same in micro-batches; padding hides nothing. */
import { expect, test } from 'vitest';
import { drawMasks, maskedCount } from './masked-bars.ts';

test('15 % of the bars of each window, at least one', () => {
  expect([maskedCount(500), maskedCount(32), maskedCount(3)]).toEqual([75, 5, 1]);
  const masks = drawMasks(1, 0, 3, 4, 32);
  const rows = [0, 1, 2, 3].map((row) => Array.from(masks.subarray(row * 32, (row + 1) * 32)));
  expect(rows.map((row) => row.reduce((sum, value) => sum + value, 0))).toEqual([5, 5, 5, 0]);
  expect(rows[0]).not.toEqual(rows[1]);
  expect(new Set(masks)).toEqual(new Set([0, 1]));
});

test('a micro-batch hides what the whole batch hides there, and every bar has its turn', () => {
  const whole = drawMasks(9, 0, 6, 6, 20);
  expect(drawMasks(9, 4, 2, 2, 20)).toEqual(whole.slice(80));
  expect(drawMasks(10, 0, 6, 6, 20)).not.toEqual(whole);
  const many = drawMasks(3, 0, 2000, 2000, 20);
  for (let bar = 0; bar < 20; bar++) {
    let hidden = 0;
    for (let row = 0; row < 2000; row++) hidden += many[row * 20 + bar] as number;
    expect(hidden / 2000).toBeGreaterThan(0.11);
    expect(hidden / 2000).toBeLessThan(0.19);
  }
});
