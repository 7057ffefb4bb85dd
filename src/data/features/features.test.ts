/** Every feature against a slow formula written independently, bar by bar from the definition; and the proof that none looks ahead. */
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../lib/random.ts';
import { type Bars, selectBars } from '../bars.ts';
import { makeBars } from '../testing/synthetic-bars.ts';
import { type FeatureName, featureNames, featureTable, warmUpBars } from './table.ts';

const bars = makeBars(400, 17, 100);

/** Plain arithmetic on the bars 0…t. */
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const deviation = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
const last = <T>(values: ArrayLike<T>, t: number, count: number): T[] =>
  Array.from({ length: count }, (_, i) => values[t - count + 1 + i] as T);
const ema = (values: readonly number[], length: number): number =>
  values.reduce((average, value, i) => (i === 0 ? value : (2 / (length + 1)) * value + (1 - 2 / (length + 1)) * average), 0);
const wilder = (values: readonly number[], length: number): number =>
  values.slice(length).reduce((average, value) => (average * (length - 1) + value) / length, mean(values.slice(0, length)));
const upTo = (column: Float64Array, t: number): number[] => [...column.subarray(0, t + 1)];
const macdLine = (closes: readonly number[]) => ema(closes, 12) - ema(closes, 26);

const slow: Record<FeatureName, (b: Bars & { volume: Float64Array }, t: number) => number> = {
  logReturn: (b, t) => Math.log(b.close[t] as number) - Math.log(b.close[t - 1] as number),
  range: (b, t) => ((b.high[t] as number) - (b.low[t] as number)) / (b.close[t] as number),
  body: (b, t) => ((b.close[t] as number) - (b.open[t] as number)) / (b.close[t] as number),
  upperShadow: (b, t) => ((b.high[t] as number) - Math.max(b.open[t] as number, b.close[t] as number)) / (b.close[t] as number),
  lowerShadow: (b, t) => (Math.min(b.open[t] as number, b.close[t] as number) - (b.low[t] as number)) / (b.close[t] as number),
  volumeRatio: (b, t) => Math.log((b.volume[t] as number) + 1) - Math.log(mean(last(b.volume, t, 20)) + 1),
  sma5Ratio: (b, t) => (b.close[t] as number) / mean(last(b.close, t, 5)) - 1,
  sma20Ratio: (b, t) => (b.close[t] as number) / mean(last(b.close, t, 20)) - 1,
  sma60Ratio: (b, t) => (b.close[t] as number) / mean(last(b.close, t, 60)) - 1,
  rsi14: (b, t) => {
    const moves = upTo(b.close, t)
      .map((price, i, all) => price - (all[i - 1] ?? price))
      .slice(1);
    const up = wilder(
      moves.map((move) => Math.max(move, 0)),
      14,
    );
    const down = wilder(
      moves.map((move) => Math.max(-move, 0)),
      14,
    );
    return (100 - 100 / (1 + up / down)) / 100 - 0.5;
  },
  macdHistogram: (b, t) => {
    const closes = upTo(b.close, t);
    const lines = closes.map((_, i) => macdLine(closes.slice(0, i + 1)));
    return ((lines[t] as number) - ema(lines, 9)) / (b.close[t] as number);
  },
  bollingerB: (b, t) => {
    const window = last(b.close, t, 20);
    const lower = mean(window) - 2 * deviation(window);
    const upper = mean(window) + 2 * deviation(window);
    return ((b.close[t] as number) - lower) / (upper - lower) - 0.5;
  },
  atr14: (b, t) => {
    const ranges = upTo(b.close, t).map((_, i) => {
      const [high, low, before] = [b.high[i] as number, b.low[i] as number, b.close[i - 1] ?? Number.NaN];
      return i === 0 ? high - low : Math.max(high, before) - Math.min(low, before);
    });
    return wilder(ranges, 14) / (b.close[t] as number);
  },
  volatility20: (b, t) => deviation(last(b.close, t, 20).map((price, i) => Math.log(price / (b.close[t - 20 + i] as number)))),
  minuteSin: (b, t) =>
    Math.sin(((new Date(b.time[t] as number).getUTCHours() * 60 + new Date(b.time[t] as number).getUTCMinutes()) / 1440) * 2 * Math.PI),
  minuteCos: (b, t) =>
    Math.cos(((new Date(b.time[t] as number).getUTCHours() * 60 + new Date(b.time[t] as number).getUTCMinutes()) / 1440) * 2 * Math.PI),
};

describe('features', () => {
  test('there are sixteen', () => expect(featureNames).toHaveLength(16));

  test.each(featureNames)('%s is what its definition says', (name) => {
    const values = featureTable[name](bars);
    for (let t = warmUpBars; t < 400; t += 7) expect(values[t]).toBeCloseTo(slow[name](bars as Bars & { volume: Float64Array }, t), 11);
    expect([...values.subarray(warmUpBars)].every(Number.isFinite)).toBe(true);
  });

  test.each(featureNames)('%s at t does not move when every later bar changes', (name) => {
    const random = createRandom(5);
    for (const t of [warmUpBars, 123, 250]) {
      const shaken = selectBars(
        bars,
        Uint32Array.from({ length: 400 }, (_, i) => i),
      );
      for (let i = t + 1; i < 400; i++) {
        const factor = 0.5 + random();
        for (const column of ['open', 'high', 'low', 'close'] as const) shaken[column][i] = (bars[column][i] as number) * factor;
        (shaken.volume as Float64Array)[i] = 1e6 * random();
        shaken.time[i] = (bars.time[i] as number) + 1e9 * random();
      }
      expect(featureTable[name](shaken).subarray(warmUpBars, t + 1)).toEqual(featureTable[name](bars).subarray(warmUpBars, t + 1));
    }
  });

  test('a flat series gives zeros where there is nothing to measure', () => {
    for (const price of [0.1, 1.1, 123_456.7]) {
      const column = () => new Float64Array(300).fill(price);
      const flat: Bars = {
        ...makeBars(300, 1),
        open: column(),
        high: column(),
        low: column(),
        close: column(),
        volume: new Float64Array(300),
      };
      for (const name of ['logReturn', 'range', 'volumeRatio', 'rsi14', 'macdHistogram', 'bollingerB', 'atr14', 'volatility20'] as const) {
        // A price that is no binary fraction leaves the rounding of one multiplication in its EMA.
        for (const value of featureTable[name](flat).subarray(warmUpBars)) expect(Math.abs(value)).toBeLessThan(1e-14);
      }
    }
  });

  test('the rolling deviation keeps its digits after a huge price', () => {
    const close = makeBars(400, 3, 1).close;
    close[0] = 1e12;
    const values = featureTable.bollingerB({ ...bars, close });
    const alone = featureTable.bollingerB({ ...bars, close: makeBars(400, 3, 1).close });
    expect(values.subarray(60)).toEqual(alone.subarray(60));
  });

  test('RSI is 100 when everything rises and 0 when everything falls', () => {
    const rising = Float64Array.from({ length: 100 }, (_, i) => 100 + i);
    expect(featureTable.rsi14({ ...bars, close: rising })[80]).toBe(0.5);
    expect(featureTable.rsi14({ ...bars, close: rising.slice().reverse() })[80]).toBe(-0.5);
  });

  test('without a volume column the volume ratio is 0', () => {
    expect([...featureTable.volumeRatio({ ...bars, volume: null })].every((value) => value === 0)).toBe(true);
  });
});
