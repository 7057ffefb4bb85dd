/** What must hold of every split: time order, purge, no window without a future, and nothing lost without being counted. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../lib/random.ts';
import { countGaps } from './interval.ts';
import { parts } from './prepared.ts';
import { readFile } from './read-file.ts';
import { findWindows, foldWindows, type PartWindows, splitWindows } from './split.ts';

const clean = (count: number, horizon: number): Float64Array => new Float64Array(count).fill(0.1).fill(Number.NaN, count - horizon);
const shares = { trainShare: 0.8, validationShare: 0.1 };

function expectOrdered(windows: PartWindows, spacing: number): void {
  for (const part of parts) expect(windows[part].every((row, i) => i === 0 || row > (windows[part][i - 1] as number))).toBe(true);
  for (const [earlier, later] of [
    ['train', 'validation'],
    ['validation', 'test'],
  ] as const) {
    // Each label of the earlier part ends before the first bar that the later one predicts from.
    expect((windows[earlier].at(-1) as number) + spacing).toBeLessThan(windows[later][0] as number);
  }
}

describe('windows', () => {
  test('are N − T − h + 1', () => {
    const found = findWindows(clean(10_028, 1), null, { sequenceLength: 500, horizon: 1, maxWindows: 0 });
    expect(found.possible).toBe(9528);
    expect([found.rows.length, found.rows[0], found.rows.at(-1)]).toEqual([9528, 499, 10_026]);
  });

  test('without a future or across a gap are dropped and counted', () => {
    const time = Float64Array.from({ length: 100 }, (_, i) => i * 60_000 + (i >= 50 ? 3_600_000 : 0));
    const returns = clean(100, 2);
    returns[48] = returns[49] = Number.NaN;
    const found = findWindows(returns, countGaps(time, 60_000, 30), { sequenceLength: 10, horizon: 2, maxWindows: 0 });
    expect(found).toMatchObject({ possible: 89, withoutFuture: 2, acrossGap: 9 });
    expect(found.rows).toHaveLength(89 - 11);
    for (const row of found.rows) expect(row < 50 || row - 9 >= 50).toBe(true);
  });

  const spy = new URL('../../../shared/klines/spy-2011-histdata.csv', import.meta.url);
  test.skipIf(!existsSync(spy))('of 11,501 windows of 500 bars in a file with sessions 322 are free of gaps', async () => {
    const { bars } = await readFile(new Blob([readFileSync(spy)]), 'spy', { onProgress: () => {} });
    const found = findWindows(clean(12_000, 0), countGaps(bars.time, 60_000, 1), { sequenceLength: 500, horizon: 0, maxWindows: 0 });
    expect([found.possible, found.rows.length]).toEqual([11_501, 322]);
  });

  test('maxWindows keeps the newest', () => {
    const found = findWindows(clean(1000, 1), null, { sequenceLength: 10, horizon: 1, maxWindows: 100 });
    expect([found.rows.length, found.rows[0], found.rows.at(-1), found.older]).toEqual([100, 899, 998, 890]);
  });

  test('more bars than there are give none', () => {
    expect(findWindows(clean(20, 1), null, { sequenceLength: 50, horizon: 1, maxWindows: 0 })).toMatchObject({
      possible: 0,
      rows: new Int32Array(),
    });
  });
});

describe('split', () => {
  test('80/10/10 with one bar of purge on the sample', () => {
    const rows = Int32Array.from({ length: 9528 }, (_, i) => i + 499);
    const { windows, purged } = splitWindows(rows, { ...shares, horizon: 1, embargo: 0 });
    expect(parts.map((part) => windows[part].length)).toEqual([7621, 951, 954]);
    expect(purged).toBe(2);
    expectOrdered(windows, 1);
  });

  test('holds for any rows, horizon, embargo and shares', () => {
    const random = createRandom(8);
    for (let round = 0; round < 200; round++) {
      const rows = Int32Array.from({ length: 3000 }, (_, i) => i).filter(() => random() < 0.7);
      const horizon = 1 + Math.floor(random() * 20);
      const embargo = Math.floor(random() * 30);
      const trainShare = 0.3 + 0.4 * random();
      const { windows, purged } = splitWindows(rows, { horizon, embargo, trainShare, validationShare: 0.15 });
      expectOrdered(windows, horizon + embargo);
      expect(purged + windows.train.length + windows.validation.length + windows.test.length).toBe(rows.length);
      expect(windows.test.length).toBeGreaterThan(rows.length * (0.85 - trainShare) - 2);
    }
  });

  test.each(['expanding', 'sliding'] as const)('walk-forward, %s: test parts follow one another without overlap', (mode) => {
    const rows = Int32Array.from({ length: 1000 }, (_, i) => i + 20);
    const folds = foldWindows(rows, { folds: 4, mode, horizon: 5, embargo: 3 });
    expect(folds).toHaveLength(4);
    folds.forEach((windows, fold) => {
      expectOrdered(windows, 8);
      if (fold > 0) expect(windows.test[0]).toBe((folds[fold - 1]?.test.at(-1) as number) + 1);
      expect(windows.train[0]).toBe(mode === 'expanding' ? 20 : 20 + Math.round((1000 * fold) / 6));
    });
    expect(folds.at(-1)?.test.at(-1)).toBe(1019);
  });
});
