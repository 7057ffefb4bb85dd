/** The four label rules on hand-made prices, and where their numbers come from. */
import { describe, expect, test } from 'vitest';
import { defaults } from '../lib/fields.ts';
import type { Bars } from './bars.ts';
import { dataFields } from './fields.ts';
import { futureReturns, labelRows, quantile } from './labels.ts';
import { makeBars } from './testing/synthetic-bars.ts';

const minute = 60_000;
const config = defaults(dataFields);
const barsOf = (close: readonly number[], change: Partial<Bars> = {}): Bars => {
  const column = Float64Array.from(close);
  return {
    time: Float64Array.from(close, (_, i) => i * minute),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: null,
    line: Uint32Array.from(close, (_, i) => i + 1),
    ...change,
  };
};
const rows = (count: number) => Int32Array.from({ length: count }, (_, i) => i);

describe('future returns', () => {
  test('reach over the horizon and stop before the end', () => {
    const returns = futureReturns(barsOf([100, 101, 103, 99]), 2, minute);
    expect(returns[0]).toBeCloseTo(Math.log(1.03), 15);
    expect(returns[1]).toBeCloseTo(Math.log(99 / 101), 15);
    expect([returns[2], returns[3]]).toEqual([Number.NaN, Number.NaN]);
  });

  test('a step of more than 30 intervals is a session gap, exactly 30 is not', () => {
    const at = (step: number) =>
      Float64Array.from([0, minute, minute + step * minute, 2 * minute + step * minute, 3 * minute + step * minute]);
    const with30 = futureReturns(barsOf([1, 2, 3, 4, 5], { time: at(30) }), 2, minute);
    expect([...with30].map(Number.isNaN)).toEqual([false, false, false, true, true]);
    const with31 = futureReturns(barsOf([1, 2, 3, 4, 5], { time: at(31) }), 2, minute);
    expect([...with31].map(Number.isNaN)).toEqual([true, true, false, true, true]);
  });
});

describe('label rules', () => {
  test('quantiles interpolate as numpy does', () => {
    const sorted = Float64Array.from([1, 2, 4, 8]);
    expect(quantile(sorted, 1 / 3)).toBeCloseTo(2, 14);
    expect(quantile(sorted, 0.5)).toBe(3);
    expect(quantile(sorted, 0.9)).toBeCloseTo(6.8, 14);
    expect([quantile(sorted, 0), quantile(sorted, 1)]).toEqual([1, 8]);
  });

  test('terciles split training rows evenly and know nothing of later ones', () => {
    const bars = makeBars(1001, 3);
    const returns = futureReturns(bars, 1, minute);
    const volatility = new Float64Array(1001).fill(1);
    const { classes, rule } = labelRows(bars, returns, volatility, rows(600), config);
    const counts = [0, 1, 2].map((wanted) => classes.subarray(0, 600).filter((label) => label === wanted).length);
    expect(counts).toEqual([200, 200, 200]);
    expect(classes[1000]).toBe(-1);
    const changed = returns.map((value, row) => (row < 600 ? value : value * 50));
    expect(labelRows(bars, changed, volatility, rows(600), config).rule).toEqual(rule);
    classes.forEach((label, row) => {
      const change = returns[row] as number;
      if (label >= 0) expect(label).toBe(Number(change > (rule.lower as number)) + Number(change > (rule.upper as number)));
    });
    const training = [...returns.subarray(0, 600)];
    const mean = training.reduce((a, b) => a + b, 0) / 600;
    expect(rule.returnDeviation).toBeCloseTo(Math.sqrt(training.reduce((a, b) => a + (b - mean) ** 2, 0) / 600), 15);
  });

  test('basis points: the threshold itself is flat', () => {
    const returns = Float64Array.from([-3e-4, -2e-4, 0, 2e-4, 3e-4]);
    const { classes, rule } = labelRows(barsOf([1, 1, 1, 1, 1]), returns, new Float64Array(5), rows(5), {
      ...config,
      labelRule: 'basis-points',
    });
    expect([...classes]).toEqual([0, 1, 1, 1, 2]);
    expect([rule.lower, rule.upper]).toEqual([-2e-4, 2e-4]);
  });

  test('volatility: k·σ·√h of each row', () => {
    const returns = Float64Array.from([0.011, 0.011, -0.011, -0.011]);
    const volatility = Float64Array.from([0.01, 0.012, 0.01, 0.012]);
    const changed = { ...config, labelRule: 'volatility' as const, horizon: 4 };
    const { classes, rule } = labelRows(barsOf([1, 1, 1, 1]), returns, volatility, rows(4), changed);
    expect([...classes]).toEqual([2, 1, 0, 1]);
    expect(rule.lower).toBeNull();
  });

  test('triple barrier: the first touched decides, both in one bar and none are flat', () => {
    const close = [100, 100, 100, 100, 100, 100];
    const barrier = (high: number[], low: number[]) => {
      const bars = barsOf(close, { high: Float64Array.from(high), low: Float64Array.from(low) });
      const returns = futureReturns(bars, 2, minute);
      const volatility = new Float64Array(6).fill(0.01 / Math.SQRT2);
      return labelRows(bars, returns, volatility, rows(4), { ...config, labelRule: 'triple-barrier', horizon: 2 }).classes[0];
    };
    const quiet = 100.1;
    expect(barrier([100, 101.1, quiet, quiet, quiet, quiet], [100, 99.9, 98, 100, 100, 100])).toBe(2);
    expect(barrier([100, quiet, 105, quiet, quiet, quiet], [100, 98.9, 100, 100, 100, 100])).toBe(0);
    expect(barrier([100, 102, quiet, quiet, quiet, quiet], [100, 98, 100, 100, 100, 100])).toBe(1);
    expect(barrier([100, quiet, quiet, 110, quiet, quiet], [100, 99.9, 99.9, 90, 100, 100])).toBe(1);
  });
});
