/**
 * A small backtest of predictions, made to be hard to fool: a signal of one bar's close is filled at the next bar's open, every change of
 * position costs, and the same bars are held and traded at random beside it. Research, not advice. Page-safe, pure.
 */
import { createRandom } from '../lib/random.ts';
import { type Prediction, predictedAt } from './prediction.ts';

export interface BacktestRules {
  /** Basis points of the traded value for each side of a trade: fee, half the spread, slippage. */
  readonly costBasisPoints: number;
  /** Positions below zero are allowed. */
  readonly short: boolean;
  /** A position is taken only where the predicted class has at least this probability. */
  readonly threshold: number;
}

export interface Curve {
  /** Compound return at the end. */
  readonly total: number;
  /** Largest fall from a high, as a share. */
  readonly drawdown: number;
  /** Mean over deviation of the returns of a bar, times the root of the bars in a year of the file's own pace. */
  readonly sharpe: number;
  /** Value of 1 over time, one a bar. */
  readonly equity: Float64Array;
}

export interface Backtest {
  readonly bars: number;
  readonly from: number;
  readonly to: number;
  /** Net of costs, and what it would have been without. */
  readonly model: Curve;
  readonly gross: number;
  readonly hold: Curve;
  /** 200 traders with the same positions in a shuffled order of blocks, at the same costs. */
  readonly random: { readonly median: number; readonly low: number; readonly high: number; readonly beaten: number };
  /** Changes of position, and the sum of their sizes (from long to short counts 2). */
  readonly trades: number;
  readonly turnover: number;
  /** Share of bars with a position. */
  readonly exposure: number;
  /** Sum of costs as a share of 1. */
  readonly costs: number;
}

const yearMs = 365.25 * 86_400_000;
const randomTraders = 200;

/** Position after each bar's close: 1, 0 or −1. It is held for the horizon unless a new signal says otherwise. */
export function positionsOf(prediction: Prediction, rows: readonly number[], { short, threshold }: BacktestRules): Int8Array {
  const positions = new Int8Array(rows.length);
  let held = 0;
  let left = 0;
  rows.forEach((row, index) => {
    const predicted = predictedAt(prediction, row);
    const sure = (prediction.probabilities[row * 3 + predicted] as number) >= threshold;
    if (predicted !== 1 && sure) {
      held = predicted === 2 ? 1 : short ? -1 : 0;
      left = prediction.horizon;
    } else if (left <= 0) held = 0;
    left--;
    positions[index] = held;
  });
  return positions;
}

/**
 * Value of 1 over the bars. A position decided at the close of bar i is filled at the open of bar i+1 and earns to the open of bar i+2.
 * @param moves simple return from open to open that each decision earns
 */
function curveOf(
  positions: Int8Array,
  moves: Float64Array,
  cost: number,
  barsAYear: number,
): Curve & { costs: number; turnover: number; trades: number } {
  const equity = new Float64Array(moves.length);
  let value = 1;
  let high = 1;
  let [drawdown, costs, turnover, trades, before, sum, squares] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < moves.length; i++) {
    const position = positions[i] as number;
    const change = Math.abs(position - before);
    const earned = position * (moves[i] as number) - change * cost;
    before = position;
    turnover += change;
    trades += change > 0 ? 1 : 0;
    costs += change * cost;
    value = Math.max(0, value * (1 + earned));
    high = Math.max(high, value);
    drawdown = Math.max(drawdown, 1 - value / high);
    sum += earned;
    squares += earned * earned;
    equity[i] = value;
  }
  const mean = moves.length === 0 ? 0 : sum / moves.length;
  const deviation = Math.sqrt(Math.max(0, moves.length === 0 ? 0 : squares / moves.length - mean * mean));
  const sharpe = deviation < 1e-12 ? 0 : (mean / deviation) * Math.sqrt(barsAYear);
  return { total: value - 1, drawdown, sharpe, equity, costs, turnover, trades };
}

/** The positions in another order: blocks of one length rotated and shuffled, so that holding times stay as they were. */
function shuffledBlocks(positions: Int8Array, block: number, random: () => number): Int8Array {
  const starts = Array.from({ length: Math.ceil(positions.length / block) }, (_, index) => index * block);
  for (let i = starts.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [starts[i], starts[j]] = [starts[j] as number, starts[i] as number];
  }
  return Int8Array.from(starts.flatMap((start) => [...positions.subarray(start, start + block)]));
}

/**
 * @param from first moment (ms, excluded) that may be traded: what was seen in training must not be
 * @returns null where fewer than two decisions can be filled
 */
export function backtest(prediction: Prediction, rules: BacktestRules, from = prediction.seenUntil): Backtest | null {
  const { time, open } = prediction;
  const all = Array.from({ length: time.length }, (_, row) => row).filter((row) => (time[row] as number) > from);
  // The last two bars have no open to be filled at and to be closed at.
  const rows = all.slice(0, -2);
  if (rows.length < 2) return null;
  const moves = Float64Array.from(rows, (row) => (open[row + 2] as number) / (open[row + 1] as number) - 1);
  const [first, last] = [rows[0] as number, rows.at(-1) as number];
  const span = (time[last] as number) - (time[first] as number);
  const barsAYear = span > 0 ? ((rows.length - 1) * yearMs) / span : 0;
  const cost = rules.costBasisPoints / 1e4;
  const positions = positionsOf(prediction, rows, rules);
  const { costs, turnover, trades, ...model } = curveOf(positions, moves, cost, barsAYear);
  const hold = curveOf(new Int8Array(rows.length).fill(1), moves, cost, barsAYear);
  const generator = createRandom(1);
  const block = Math.max(1, Math.min(Math.floor(rows.length / 10), 5 * prediction.horizon));
  const totals = Array.from({ length: randomTraders }, () => {
    const shuffled = shuffledBlocks(positions, block, generator);
    return curveOf(shuffled, moves, cost, barsAYear).total;
  }).sort((a, b) => a - b);
  const at = (share: number) => totals[Math.round(share * (totals.length - 1))] as number;
  return {
    bars: rows.length,
    from: time[first] as number,
    to: time[last] as number,
    model,
    gross: curveOf(positions, moves, 0, barsAYear).total,
    hold,
    random: {
      median: at(0.5),
      low: at(0.05),
      high: at(0.95),
      beaten: totals.filter((total) => total < model.total).length / totals.length,
    },
    trades,
    turnover,
    exposure: positions.filter((position) => position !== 0).length / rows.length,
    costs,
  };
}
