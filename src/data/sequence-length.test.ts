/** The rule of SPEC 1.5 against slow formulas and its published numbers on the sample. */
import { describe, expect, test } from 'vitest';
import { createRandom, normal } from '../lib/random.ts';
import { autocorrelation, detrend, findSequenceLength, lastSignificantLag, surrogateBand } from './sequence-length.ts';

const random = createRandom(4);
const walk = new Float64Array(2000);
for (let i = 1; i < walk.length; i++) walk[i] = (walk[i - 1] as number) + 0.001 * normal(random);

describe('sequence length', () => {
  test('detrending takes the mean of 120 bars, t included, and then the mean of all', () => {
    const result = detrend(walk);
    expect(result).toHaveLength(2000 - 119);
    const raw = Array.from(result, (_, i) => (walk[i + 119] as number) - [...walk.subarray(i, i + 120)].reduce((a, b) => a + b, 0) / 120);
    const mean = raw.reduce((a, b) => a + b, 0) / raw.length;
    for (const i of [0, 1, 700, 1880]) expect(result[i]).toBeCloseTo((raw[i] as number) - mean, 14);
    expect(detrend(walk.subarray(0, 50))).toHaveLength(0);
  });

  test('autocorrelation is the biased estimator', () => {
    const values = [1, -2, 3, -1, -1];
    const squares = 16;
    const result = autocorrelation(Float64Array.from(values), 2);
    expect(result[0]).toBeCloseTo((1 * -2 + -2 * 3 + 3 * -1 + -1 * -1) / squares, 6);
    expect(result[1]).toBeCloseTo((1 * 3 + -2 * -1 + 3 * -1) / squares, 6);
    expect([...autocorrelation(new Float64Array(100), 3)]).toEqual([0, 0, 0]);
  });

  test('the last significant lag is the last before the first fall to 0.1', () => {
    expect(lastSignificantLag(Float32Array.from([0.9, 0.5, -0.2, 0.05, 0.9]))).toBe(3);
    expect(lastSignificantLag(Float32Array.from([0.05, 0.9]))).toBe(0);
    expect(lastSignificantLag(Float32Array.from([0.9, 0.8]))).toBe(2);
  });

  test('each term can decide', () => {
    const prices = (count: number) => walk.subarray(0, count).map(Math.exp);
    const many = new Float64Array(9000);
    for (let i = 1; i < many.length; i++) many[i] = (many[i - 1] as number) + 0.001 * normal(random);
    const share = findSequenceLength(many.map(Math.exp), 7200);
    expect(share).toMatchObject({ automatic: 450, reason: 'share', upper: 500 });
    const lag = findSequenceLength(prices(1000), 800);
    expect(lag).toMatchObject({ reason: 'lag', automatic: lag.lower });
    expect(lag.lower - lag.lastSignificantLag).toBeLessThan(10);
    const upper = findSequenceLength(many.map((_, i) => Math.exp(Math.sin(i / 4000))).subarray(0, 300), 240);
    expect(upper.automatic).toBe(Math.min(upper.upper, Math.max(upper.lower, 10)));
    expect(findSequenceLength(new Float64Array(100).fill(5), 80)).toMatchObject({ automatic: 10, lastSignificantLag: 0 });
  });

  test('bars after the training part change nothing but N', () => {
    const close = walk.map(Math.exp);
    const changed = close.map((price, i) => (i < 1600 ? price : price * 3));
    expect(findSequenceLength(changed, 1600)).toEqual(findSequenceLength(close, 1600));
  });

  test('random walks alone look correlated up to about lag 87', () => {
    const band = surrogateBand(8022, 300);
    const [low, high] = [lastSignificantLag(band.low), lastSignificantLag(band.high)];
    expect(low).toBeGreaterThan(55);
    expect(low).toBeLessThan(87);
    expect(high).toBeGreaterThan(87);
    expect(high).toBeLessThan(140);
    expect(surrogateBand(8022, 300)).toEqual(band);
  });
});
