/** What a model must beat: three simple predictors scored on the same validation and test rows. */
import type { Part, Prepared } from '../data/prepared.ts';
import { deriveSeed } from '../lib/random.ts';
import { blockLengthFor, bootstrapInterval } from './interval.ts';
import { fitLogistic, predictLogistic } from './logistic-regression.ts';
import type { Baseline, Score } from './run.ts';

/**
 * Majority class of the training windows, the last move repeated, and a logistic regression on the last bar's features,
 * with accuracy and its 95 % interval on both parts. Deterministic for a seed.
 * @param horizon bars ahead; also the least block of the interval.
 */
export function computeBaselines(prepared: Prepared, horizon: number, seed: number): Baseline[] {
  const score = (part: Part, predict: (rows: Int32Array) => Int8Array): Score => {
    const rows = prepared.windows[part];
    const predicted = predict(rows);
    const hits = Uint8Array.from(rows, (row, i) => (predicted[i] === prepared.classes[row] ? 1 : 0));
    return bootstrapInterval(hits, blockLengthFor(hits.length, horizon), deriveSeed(seed, 'interval', part));
  };
  const baseline = (id: Baseline['id'], predict: (rows: Int32Array) => Int8Array): Baseline => ({
    id,
    validation: score('validation', predict),
    test: score('test', predict),
  });
  return [
    baseline('majority', majorityPredictor(prepared)),
    baseline('persistence', persistencePredictor(prepared, horizon)),
    baseline('logistic', logisticPredictor(prepared)),
  ];
}

/** The most frequent class of the training windows, for every row. */
function majorityPredictor(prepared: Prepared): (rows: Int32Array) => Int8Array {
  const counts = [0, 0, 0];
  for (const row of prepared.windows.train) {
    const actual = prepared.classes[row] as number;
    counts[actual] = (counts[actual] as number) + 1;
  }
  const majority = counts.indexOf(Math.max(...counts));
  return (rows) => new Int8Array(rows.length).fill(majority);
}

/**
 * The move of the last `horizon` bars is expected again: its class is what the label rule's thresholds give to it, or its
 * sign (flat at 0) where the rule has none.
 */
function persistencePredictor(prepared: Prepared, horizon: number): (rows: Int32Array) => Int8Array {
  const { rule, lower, upper } = prepared.summary.labels;
  const lastMove = (row: number): number => {
    let move = 0;
    for (let bar = Math.max(0, row - horizon + 1); bar <= row; bar++) move += prepared.lastMoves[bar] as number;
    return move;
  };
  return (rows) =>
    Int8Array.from(rows, (row) => {
      const move = lastMove(row);
      if (lower === null || upper === null) return Math.sign(move) + 1;
      // As the labels: symmetric thresholds count their own value as flat, quantiles belong to the class below.
      if (move > upper) return 2;
      return move > lower || (rule !== 'quantile' && move === lower) ? 1 : 0;
    });
}

/** Logistic regression on the features of a window's last bar, trained on the training windows. */
function logisticPredictor(prepared: Prepared): (rows: Int32Array) => Int8Array {
  const { features, classes, windows } = prepared;
  const table = { features, size: prepared.summary.featureNames.length, classes };
  const model = fitLogistic({ ...table, rows: windows.train });
  return (rows) => predictLogistic(model, { ...table, rows });
}
