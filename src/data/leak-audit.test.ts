import { beforeAll, describe, expect, test } from 'vitest';
import { defaults } from '../lib/fields.ts';
import { createRandom, normal } from '../lib/random.ts';
import { alterAfter } from './altered-bars.ts';
import type { AuditCheckId } from './audit-report.ts';
import type { Bars } from './bars.ts';
import type { Dataset } from './dataset.ts';
import { type DataConfig, dataFields } from './fields.ts';
import { auditLeaks, type Prepare } from './leak-audit.ts';
import { prepare } from './prepare.ts';
import type { Prepared } from './prepared.ts';
import { readFile } from './read-file.ts';

const config: DataConfig = { ...defaults(dataFields), sequenceLength: 32 };
const automatic = (length: number): number => length;
let dataset: Dataset;

/** A random walk of minute bars with a night after every 390 bars. */
beforeAll(async () => {
  const random = createRandom(7);
  let price = 100;
  const lines = Array.from({ length: 1500 }, (_, i) => {
    const open = price;
    price *= Math.exp(0.001 * normal(random));
    const time = new Date(Date.UTC(2025, 0, 6 + Math.floor(i / 390), 14, i % 390)).toISOString();
    const [high, low] = [Math.max(open, price) * 1.0002, Math.min(open, price) * 0.9998];
    return [time, open.toFixed(4), high.toFixed(4), low.toFixed(4), price.toFixed(4), (100 * random()).toFixed(1)].join(',');
  });
  const text = `time,open,high,low,close,volume\n${lines.join('\n')}\n`;
  dataset = await readFile(new Blob([text]), 'walk.csv', { onProgress: () => {} });
});

const failed = (tested: Prepare, settings = config): AuditCheckId[] =>
  auditLeaks(dataset, settings, automatic, tested)
    .checks.filter(({ passed }) => !passed)
    .map(({ id }) => id);

describe('the studio itself has no leak', () => {
  test.each<[string, Partial<DataConfig>]>([
    ['terciles, T from the data', { sequenceLength: 0 }],
    ['fixed basis points', { labelRule: 'basis-points' }],
    ['volatility-scaled labels over five bars', { labelRule: 'volatility', horizon: 5 }],
    ['triple barrier over ten bars', { labelRule: 'triple-barrier', horizon: 10 }],
    ['an embargo', { embargo: 40, horizon: 3 }],
    ['the newest windows only', { maxWindows: 300 }],
    ['windows across gaps dropped', { gapPolicy: 'drop' }],
    ['labels shuffled as a control', { shuffleLabels: true }],
    ['the last fold of a walk-forward evaluation', { folds: 3, fold: 2 }],
    ['a sliding fold', { folds: 3, fold: 1, foldMode: 'sliding' }],
  ])('%s', (_, changes) => {
    const report = auditLeaks(dataset, { ...config, ...changes }, automatic, prepare);
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.passed).toBe(true);
    expect(report.cuts.length).toBeGreaterThanOrEqual(4);
    for (const { compared } of report.checks) expect(compared).toBeGreaterThan(0);
  });
});

describe('a planted leak is found', () => {
  /** The honest result with a part of it replaced. */
  const planted =
    (change: (prepared: Prepared, data: Dataset, settings: DataConfig) => Partial<Prepared>): Prepare =>
    (data, settings, choose) => {
      const honest = prepare(data, settings, choose);
      return { ...honest, ...change(honest, data, settings) };
    };

  test('features that see one bar ahead', () => {
    const shifted = planted(({ features, summary }) => {
      const size = summary.featureNames.length;
      return { features: Float32Array.from(features, (value, i) => features[i + size] ?? value) };
    });
    expect(failed(shifted)).toEqual(['features']);
  });

  test('one feature with a centred mean over a few bars', () => {
    const centred = planted(({ features, summary }) => {
      const size = summary.featureNames.length;
      return { features: features.map((value, i) => (i % size === 3 ? (value + (features[i + 2 * size] ?? value)) / 2 : value)) };
    });
    const report = auditLeaks(dataset, config, automatic, centred);
    const features = report.checks.find(({ id }) => id === 'features');
    expect(features?.passed).toBe(false);
    // The first row that moved is one of the last before a cut, far behind the beginning.
    expect(features?.line).toBeGreaterThan(500);
  });

  test('a scaler fitted on all bars', () => {
    const everywhere: Prepare = (data, settings, choose) => {
      const honest = prepare(data, settings, choose);
      const all = prepare(data, { ...settings, trainShare: 0.97, validationShare: 0.015 }, choose);
      return { ...honest, features: all.features, summary: { ...honest.summary, scaler: all.summary.scaler } };
    };
    expect(failed(everywhere)).toEqual(['features', 'scaler']);
  });

  test('thresholds from all rows', () => {
    const everywhere: Prepare = (data, settings, choose) => {
      const honest = prepare(data, settings, choose);
      const all = prepare(data, { ...settings, trainShare: 0.97, validationShare: 0.015 }, choose);
      return { ...honest, classes: all.classes, summary: { ...honest.summary, labels: all.summary.labels } };
    };
    expect(failed(everywhere)).toEqual(['labels', 'thresholds']);
  });

  test('T from all bars', () => {
    const everywhere = planted(({ summary }, { bars }) => ({
      summary: { ...summary, sequenceLength: { ...summary.sequenceLength, value: bars.close.reduce((sum, price) => sum + price, 0) } },
    }));
    expect(failed(everywhere)).toEqual(['length']);
  });

  test('a split without purge', () => {
    const touching = planted(({ windows }, _, { horizon }) => ({
      windows: { ...windows, train: Int32Array.of(...windows.train, (windows.train.at(-1) as number) + horizon) },
    }));
    expect(failed(touching, { ...config, horizon: 5 })).toContain('separation');
  });

  test('windows that belong to two parts', () => {
    expect(failed(planted(({ windows }) => ({ windows: { ...windows, test: windows.validation } })))).toContain('separation');
  });

  test('rows without a future called flat', () => {
    const kept = planted(({ windows, classes, returns, time }) => {
      const newest = time.length - 1;
      const [flat, still] = [classes.slice(), returns.slice()];
      flat[newest] = 1;
      still[newest] = 0;
      return { classes: flat, returns: still, windows: { ...windows, test: Int32Array.of(...windows.test, newest) } };
    });
    expect(failed(kept)).toEqual(['future']);
  });

  test('labels over a night called flat', () => {
    const kept = planted(({ windows, classes, returns, time }, data) => {
      const evening = time.findIndex((now, i) => i > 600 && (time[i + 1] ?? now) - now > 3_600_000);
      const [flat, jump] = [classes.slice(), returns.slice()];
      flat[evening] = 1;
      jump[evening] = Math.log((data.bars.close[evening + 61] as number) / (data.bars.close[evening + 60] as number));
      return { classes: flat, returns: jump, windows: { ...windows, train: Int32Array.of(...windows.train, evening).sort() } };
    });
    expect(failed(kept, { ...config, trainShare: 0.9, validationShare: 0.05 })).toEqual(['future']);
  });

  test('a split that looks at prices', () => {
    const chosen = planted(({ windows, returns }) => ({
      windows: { ...windows, test: windows.test.filter((row) => (returns[row] as number) > 0) },
    }));
    expect(failed(chosen)).toEqual(['windows']);
  });

  test('a function that does not look at the bars at all is not called sound', () => {
    let first: Prepared | null = null;
    const deaf: Prepare = (data, settings, choose) => {
      first ??= prepare(data, settings, choose);
      return first;
    };
    expect(failed(deaf)).toEqual(['effect']);
  });
});

test('the other future begins after its bar, is made of possible bars, and is the same each time', () => {
  const altered = alterAfter(dataset.bars, 700, 3);
  const columns: (keyof Bars)[] = ['time', 'open', 'high', 'low', 'close', 'volume', 'line'];
  for (const column of columns) {
    expect(altered[column]?.slice(0, 701)).toEqual(dataset.bars[column]?.slice(0, 701));
    if (column !== 'time' && column !== 'line')
      expect(altered[column]?.slice(701).every((value, i) => value !== dataset.bars[column]?.[701 + i])).toBe(true);
  }
  for (let i = 701; i < altered.time.length; i++) {
    expect(altered.high[i]).toBeGreaterThanOrEqual(Math.max(altered.open[i] as number, altered.close[i] as number));
    expect(altered.low[i]).toBeLessThanOrEqual(Math.min(altered.open[i] as number, altered.close[i] as number));
    expect(altered.low[i]).toBeGreaterThan(0);
  }
  expect(alterAfter(dataset.bars, 700, 3)).toEqual(altered);
});
