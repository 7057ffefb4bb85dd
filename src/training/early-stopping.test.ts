import { expect, test } from 'vitest';
import { createEarlyStopping } from './early-stopping.ts';

const config = { monitor: 'loss' as const, patience: 2, minDelta: 0 };
const run = (settings: Parameters<typeof createEarlyStopping>[0], values: number[]): string => {
  const stopping = createEarlyStopping(settings);
  return values
    .map((value) => {
      const { improved, stop } = stopping.observe(value);
      return (improved ? '+' : '-') + (stop ? '!' : '');
    })
    .join('');
};

test('a loss must fall, and patience counts the epochs without it', () => {
  expect(run(config, [1, 0.5, 0.5, 0.4, 0.6, 0.7, 0.8])).toBe('++-+--!-!');
});

test('an accuracy must rise', () => {
  expect(run({ ...config, monitor: 'accuracy' }, [0, 0.5, 0.4, 0.6, 0.6, 0.5])).toBe('++-+--!');
});

test('an improvement must exceed the smallest one', () => {
  expect(run({ ...config, minDelta: 0.125 }, [1, 0.875, 0.75, 0.5])).toBe('+-++');
});

test('what is not a number never improves, not even at first', () => {
  expect(run(config, [Number.NaN, 1, Number.NaN, Number.NaN])).toBe('-+--!');
  expect(run(config, [Number.POSITIVE_INFINITY, 1])).toBe('-+');
});

test('patience 0 never stops', () => {
  expect(run({ ...config, patience: 0 }, [1, 2, 3, 4, 5, 6])).toBe('+-----');
});

test('continues from a checkpoint as if nothing had happened', () => {
  const values = [1, 0.8, 0.9, 0.7, 0.75, 0.72];
  const whole = createEarlyStopping(config);
  const expected = values.map((value) => whole.observe(value));
  const first = createEarlyStopping(config);
  const before = values.slice(0, 3).map((value) => first.observe(value));
  const second = createEarlyStopping(config, first.state());
  expect([...before, ...values.slice(3).map((value) => second.observe(value))]).toEqual(expected);
});
