/** The whole way from bars to training data: SPEC's numbers on the sample, and the proof that nothing outside the training part is fitted on. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaults } from '../lib/fields.ts';
import type { Bars } from './bars.ts';
import type { Dataset } from './dataset.ts';
import { featureNames, featureTable } from './features/table.ts';
import { type DataConfig, dataFields } from './fields.ts';
import { prepare } from './prepare.ts';
import { readFile } from './read-file.ts';
import { clockOf, dateOf, makeBars, writeLines } from './testing/synthetic-bars.ts';

const config = defaults(dataFields);
const automatic = (length: number) => length;
const sample = await readFile(new Blob([readFileSync(new URL('../../public/sample.csv', import.meta.url))]), 'sample.csv', {
  onProgress: () => {},
});
const made = async (bars: Bars): Promise<Dataset> => {
  const lines = writeLines(bars, ({ time, o, h, l, c, v }) => `${dateOf(time)} ${clockOf(time)},${o},${h},${l},${c},${v}`);
  return readFile(new Blob([['time,open,high,low,close,volume', ...lines].join('\n')]), 'made.csv', { onProgress: () => {} });
};
const small = await made(makeBars(1500, 31));

describe('the sample', () => {
  const { summary, features, windows, classes, returns } = prepare(sample, config, automatic);

  test('has the numbers of SPEC 1.5 and 1.7', () => {
    expect(sample.summary.rows).toEqual({ read: 10_088, kept: 10_088, dropped: 0 });
    expect(sample.summary.findings).toEqual([]);
    expect(summary.usableBars).toBe(10_028);
    expect(summary.possibleWindows).toBe(9528);
    expect(summary.sequenceLength).toMatchObject({
      value: 500,
      automatic: 500,
      lastSignificantLag: 81,
      lower: 90,
      upper: 500,
      reason: 'share',
    });
    expect(summary.dropped).toEqual({ acrossGap: 0, withoutFuture: 0, purged: 2, older: 0 });
    expect(summary.warnings).toEqual([]);
  });

  test('is scaled to mean 0 and deviation 1 on the rows that training windows see', () => {
    const last = windows.train.at(-1) as number;
    for (let column = 0; column < 16; column++) {
      const values = Array.from({ length: last + 1 }, (_, row) => features[row * 16 + column] as number);
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
      expect(Math.abs(mean)).toBeLessThan(0.01);
      expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    }
    expect(features.every((value) => Math.abs(value) <= 10)).toBe(true);
  });

  test('counts its classes', () => {
    const counts = [0, 1, 2].map((label) => windows.train.filter((row) => classes[row] === label).length);
    expect(summary.parts.train.classes).toEqual(counts);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(summary.classWeights[0]).toBeCloseTo(7621 / (3 * (counts[0] as number)), 12);
    expect(classes[10_027]).toBe(-1);
    expect(returns[10_027]).toBeNaN();
  });
});

describe('prepare', () => {
  test('features are the table’s values, scaled by the stored scaler', () => {
    const { summary, features } = prepare(small, config, () => 32);
    const raw = featureTable.atr14(small.bars);
    const column = summary.featureNames.indexOf('atr14');
    const [mean, deviation] = [summary.scaler.mean[column] as number, summary.scaler.deviation[column] as number];
    for (const row of [0, 500, 1439]) expect(features[row * 16 + column]).toBeCloseTo(((raw[row + 60] as number) - mean) / deviation, 5);
  });

  test('nothing is fitted outside the training windows: later bars may do what they like', async () => {
    const before = prepare(small, config, () => 32);
    const lastTraining = (before.windows.train.at(-1) as number) + 60;
    const shaken = makeBars(1500, 31);
    for (let i = lastTraining + 2; i < 1500; i++)
      for (const column of ['open', 'high', 'low', 'close'] as const)
        shaken[column][i] = (shaken[column][i] as number) * (1.2 + (i % 7) / 100);
    const after = prepare(await made(shaken), config, () => 32);
    expect(after.summary.scaler).toEqual(before.summary.scaler);
    expect(after.summary.labels).toEqual(before.summary.labels);
    const rows = (lastTraining - 60 + 1) * 16;
    expect(after.features.subarray(0, rows)).toEqual(before.features.subarray(0, rows));
    expect(after.classes.subarray(0, lastTraining - 60 + 1)).toEqual(before.classes.subarray(0, lastTraining - 60 + 1));
  });

  test('with maxWindows the scaler sees only the bars of the kept training windows', () => {
    const { summary, windows } = prepare(small, { ...config, maxWindows: 200 }, () => 32);
    expect(summary.dropped.older).toBe(summary.possibleWindows - 200);
    const [first, last] = [(windows.train[0] as number) - 31 + 60, (windows.train.at(-1) as number) + 60];
    const raw = featureTable.range(small.bars).subarray(first, last + 1);
    expect(summary.scaler.mean[1]).toBeCloseTo(raw.reduce((a, b) => a + b, 0) / raw.length, 15);
  });

  test('a set length wins over the preset', () => {
    expect(prepare(small, { ...config, sequenceLength: 77 }, () => 32).summary.sequenceLength.value).toBe(77);
    expect(prepare(small, config, () => 32).summary.sequenceLength.value).toBe(32);
  });

  test('features can be switched off', () => {
    const { summary, features } = prepare(small, { ...config, rsi14: false, minuteCos: false }, () => 32);
    expect(summary.featureNames).toEqual(featureNames.filter((name) => name !== 'rsi14' && name !== 'minuteCos'));
    expect(features).toHaveLength(summary.usableBars * 14);
  });

  test('a rule that leaves a class nearly empty is said', () => {
    const { summary } = prepare(small, { ...config, labelRule: 'basis-points', thresholdBasisPoints: 6 }, () => 32);
    expect(summary.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['small-class', 'one-sided']));
  });

  test('prices that never move leave one class', async () => {
    const still = makeBars(1500, 31);
    for (const column of ['open', 'high', 'low', 'close'] as const) still[column].fill(1.25);
    const dataset = await made(still);
    expect(() => prepare(dataset, config, () => 32)).toThrow(expect.objectContaining({ code: 'one-class-only' }));
  });

  const flags = Object.fromEntries(featureNames.map((name) => [name, false])) as Partial<DataConfig>;
  test.each([
    ['no-features', { ...config, ...flags }],
    ['one-class-only', { ...config, labelRule: 'basis-points', thresholdBasisPoints: 10_000 }],
    ['no-windows', { ...config, maxWindows: 2 }],
    ['too-few-bars', { ...config, sequenceLength: 5000 }],
  ] as const)('%s', (code, changed) => {
    expect(() => prepare(small, changed as DataConfig, () => 32)).toThrow(expect.objectContaining({ code }));
  });
});
