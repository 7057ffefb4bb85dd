/** The survey against what preparing with each choice really gives. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaults } from '../lib/fields.ts';
import { type DataConfig, dataFields } from './fields.ts';
import { prepare } from './prepare.ts';
import { parts } from './prepared.ts';
import { readFile } from './read-file.ts';
import { surveyData } from './survey-data.ts';
import { plainHeader, plainLine } from './testing/read-made.ts';
import { makeBars, writeLines } from './testing/synthetic-bars.ts';

const read = (bytes: BlobPart) => readFile(new Blob([bytes]), 'made.csv', { onProgress: () => {} });
/** A thousand minutes, a night of two hours, a hole of ten minutes, and on. */
const rows = writeLines(makeBars(4000, 51), (bar) =>
  plainLine({ ...bar, time: new Date(bar.time.getTime() + (bar.row >= 1500 ? 7_200_000 : 0) + (bar.row >= 2500 ? 600_000 : 0)) }),
);
const dataset = await read([plainHeader, ...rows].join('\n'));
const config: DataConfig = { ...defaults(dataFields), sequenceLength: 64, horizon: 3 };
const prepared = (change: Partial<DataConfig> = {}) => prepare(dataset, { ...config, ...change }, (length) => length);
const survey = (change: Partial<DataConfig> = {}) => surveyData(dataset, prepared(change), { ...config, ...change });
const windowsOf = (change: Partial<DataConfig>) => {
  const { possibleWindows, dropped } = prepared(change).summary;
  return possibleWindows - dropped.acrossGap - dropped.withoutFuture;
};

describe('survey', () => {
  test('surviving windows of each policy are those that preparing with it leaves', () => {
    for (const { intervals, windows, windowsAcross } of survey({ gapPolicy: 'drop', gapIntervals: 200 }).survivors) {
      const policy = intervals === null ? { gapPolicy: 'sequence' as const } : { gapPolicy: 'drop' as const, gapIntervals: intervals };
      expect(windows, `${intervals}`).toBe(windowsOf(policy));
      expect(windowsAcross, `${intervals} across`).toBe(windowsOf({ ...policy, labelsAcrossGaps: true }));
    }
    expect(survey().survivors.map(({ intervals }) => intervals)).toEqual([null, 30, 5, 1]);
    const [whole, , , strict] = survey().survivors;
    expect(whole?.windowsAcross).toBe((whole?.windows ?? 0) + 3);
    expect(strict?.windows).toBeLessThan(whole?.windows ?? 0);
  });

  test('labels cross a session gap only when asked', () => {
    const across = prepared({ labelsAcrossGaps: true });
    const within = prepared();
    const before = 1499 - within.summary.warmUpBars;
    expect(within.classes[before]).toBe(-1);
    expect(across.classes[before]).not.toBe(-1);
    const [start, end] = [dataset.bars.close[1499] as number, dataset.bars.close[1502] as number];
    expect(across.returns[before]).toBeCloseTo(Math.log(end / start), 14);
  });

  test('each rule is balanced as preparing with it balances', () => {
    for (const { rule, classes, lower } of survey().rules) {
      const labelRule = rule as DataConfig['labelRule'];
      const { summary } = prepared({ labelRule });
      for (const part of parts) expect(classes[part], `${rule} ${part}`).toEqual(summary.parts[part].classes);
      expect(lower).toBe(summary.labels.lower);
    }
  });

  test('histograms count every training row once', () => {
    const { returns, features } = survey();
    const total = prepared().windows.train.length;
    for (const { counts, below, above } of [returns, ...features.flatMap(({ before, after }) => [before, after])])
      expect(counts.reduce((sum, count) => sum + count, below + above)).toBe(total);
    expect(features).toHaveLength(16);
  });

  test('correlation is symmetric with ones, and knows what belongs together', () => {
    const { correlation, features } = survey();
    const size = features.length;
    const at = (a: string, b: string) =>
      correlation[features.findIndex(({ name }) => name === a) * size + features.findIndex(({ name }) => name === b)] as number;
    for (let i = 0; i < size; i++) {
      if (features[i]?.name !== 'volumeRatio') expect(correlation[i * size + i]).toBeCloseTo(1, 9);
      for (let j = 0; j < size; j++) expect(correlation[i * size + j]).toBeCloseTo(correlation[j * size + i] as number, 12);
    }
    expect(at('logReturn', 'body')).toBeGreaterThan(0.99);
    expect(at('range', 'atr14')).toBeGreaterThan(at('logReturn', 'minuteSin'));
  });

  test('folds follow one another in time', () => {
    const { folds } = survey({ folds: 3 });
    expect(folds).toHaveLength(3);
    for (const fold of folds) expect(fold.train.lastTime).toBeLessThan(fold.validation.firstTime);
    expect(folds[1]?.test.firstTime).toBeGreaterThan(folds[0]?.test.firstTime ?? 0);
    expect(prepared({ folds: 3, fold: 1 }).windows.test).toHaveLength(folds[1]?.test.windows ?? 0);
  });

  const spy = new URL('../../../shared/klines/spy-2011-histdata.csv', import.meta.url);
  test.skipIf(!existsSync(spy))('on a real file with nights, few 500-bar windows are without any gap', async () => {
    const real = await read(readFileSync(spy));
    const settings = { ...defaults(dataFields), sequenceLength: 500 };
    const { survivors } = surveyData(
      real,
      prepare(real, settings, (length) => length),
      settings,
    );
    expect(survivors[0]?.windowsAcross).toBe(12_000 - 60 - 500);
    expect(survivors.at(-1)?.windowsAcross).toBeLessThan(330);
  });
});
