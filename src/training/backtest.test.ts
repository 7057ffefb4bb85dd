import { describe, expect, test } from 'vitest';
import { backtest, positionsOf } from './backtest.ts';
import { toyPrediction } from './toy-prediction.ts';

const rules = { costBasisPoints: 0, short: true, threshold: 0 };
const rising = Array.from({ length: 40 }, (_, i) => 100 * 1.01 ** i);

describe('positions', () => {
  test('up is long, down is short or out, flat and unsure are out', () => {
    const prediction = toyPrediction([1, 1, 1, 1], [2, 0, 1, 2]);
    expect([...positionsOf(prediction, [0, 1, 2, 3], rules)]).toEqual([1, -1, 0, 1]);
    expect([...positionsOf(prediction, [0, 1, 2, 3], { ...rules, short: false })]).toEqual([1, 0, 0, 1]);
    expect([...positionsOf(prediction, [0, 1, 2, 3], { ...rules, threshold: 0.61 })]).toEqual([0, 0, 0, 0]);
  });

  test('a position is held for the horizon', () => {
    const prediction = toyPrediction([1, 1, 1, 1, 1], [2, 1, 1, 1, 0], { horizon: 3 });
    expect([...positionsOf(prediction, [0, 1, 2, 3, 4], rules)]).toEqual([1, 1, 1, 0, -1]);
  });
});

describe('fills', () => {
  test('a signal is filled at the next open: the move of its own bar is never earned', () => {
    // The price jumps once, between the opens of bars 5 and 6; only a decision at the close of bar 4 has a position at the open of 5.
    const prices = Array.from({ length: 12 }, (_, i) => (i < 5 ? 100 : 110));
    const decided = (bar: number) =>
      toyPrediction(
        prices,
        prices.map((_, i) => (i === bar ? 2 : 1)),
      );
    const open = decided(0).open;
    expect([open[5], open[6]]).toEqual([100, 110]);
    const totals = [3, 4, 5].map((bar) => backtest(decided(bar), rules)?.model.total);
    expect(totals[0]).toBe(0);
    expect(totals[1]).toBeCloseTo(0.1, 12);
    expect(totals[2]).toBe(0);
  });

  test('always long earns what holding earns, and costs are taken off', () => {
    const free = backtest(
      toyPrediction(
        rising,
        rising.map(() => 2),
      ),
      rules,
    );
    expect(free?.model.total).toBeCloseTo(free?.hold.total ?? Number.NaN, 12);
    expect(free?.trades).toBe(1);
    const paid = backtest(
      toyPrediction(
        rising,
        rising.map((_, i) => (i % 2 ? 2 : 0)),
      ),
      { ...rules, costBasisPoints: 10 },
    );
    expect(paid?.turnover).toBe(2 * ((paid?.bars ?? 0) - 1) + 1);
    expect(paid?.costs).toBeCloseTo((paid?.turnover ?? 0) * 1e-3, 12);
    expect(paid?.model.total).toBeLessThan(paid?.gross ?? 0);
  });

  test('bars that training has seen are not traded', () => {
    const prediction = toyPrediction(
      rising,
      rising.map(() => 2),
      { seenUntil: 30 * 60_000 },
    );
    expect(backtest(prediction, rules)?.bars).toBe(8);
    expect(backtest({ ...prediction, seenUntil: 38 * 60_000 }, rules)).toBeNull();
  });
});

test('random traders have the same positions: in a flat market all come to the same', () => {
  const flat = Array.from({ length: 60 }, () => 100);
  const result = backtest(
    toyPrediction(
      flat,
      flat.map((_, i) => i % 3),
    ),
    rules,
  );
  expect(result?.random).toEqual({ median: 0, low: 0, high: 0, beaten: 0 });
});

test('foresight beats nearly every random trader', () => {
  const prices = Array.from({ length: 200 }, (_, i) => 100 + 5 * Math.sin(i * 1.3) + 3 * Math.sin(i * 0.4));
  const opens = toyPrediction(
    prices,
    prices.map(() => 1),
  ).open;
  const foreseen = prices.map((_, i) => ((opens[i + 2] ?? 0) > (opens[i + 1] ?? 0) ? 2 : 0));
  const result = backtest(toyPrediction(prices, foreseen), rules);
  expect(result?.random.beaten).toBe(1);
  expect(result?.model.drawdown).toBe(0);
});
