/** What a trained model says about bars, as the page sees it. Plain data, page-safe. */
import { likeliest } from '../lib/class-probabilities.ts';
import type { Calibration, Confusion, Metrics, Score } from './run.ts';

/** How the router of a mixture of experts spreads the windows of one group: load of each expert as a ratio to the ideal. */
export interface RouterGroup {
  readonly windows: number;
  /** Volatility in basis points a bar, or the hour (UTC as written); the group's lower end. */
  readonly from: number;
  readonly to: number;
  readonly load: readonly number[];
}

/** Columns are parallel; one row a window, named by its last bar, oldest first. */
export interface PredictedBars {
  /** Opening time of the bar, ms. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Of down, flat, up, row-major `[rows, 3]`. */
  readonly probabilities: Float32Array;
  /** What happened: 0, 1, 2, or −1 where the future is not known. */
  readonly classes: Int8Array;
}

export interface Prediction extends PredictedBars {
  readonly runId: string;
  readonly datasetId: string;
  readonly datasetName: string;
  readonly intervalSeconds: number;
  /** Bars that a prediction looks ahead. */
  readonly horizon: number;
  /** Bars up to here (ms) are from the time that training saw or chose the best epoch by, in whatever file they are. */
  readonly seenUntil: number;
  /** Predicted log return over the horizon. */
  readonly returns: Float32Array;
  /** Log return over the horizon, NaN where the future is not known. */
  readonly actualReturns: Float64Array;
  /** Over the unseen rows whose future is known; null where there are none. */
  readonly score: {
    readonly rows: number;
    readonly metrics: Metrics;
    readonly confusion: Confusion;
    readonly accuracy: Score;
    readonly calibration: Calibration;
    /** Share of the most frequent class: what a constant guess reaches. */
    readonly majority: number;
  } | null;
  /** Only of a mixture of experts. */
  readonly router: { readonly byVolatility: readonly RouterGroup[]; readonly byHour: readonly RouterGroup[] } | null;
}

/** The predicted class of a row. */
export const predictedAt = ({ probabilities }: Pick<Prediction, 'probabilities'>, row: number): 0 | 1 | 2 =>
  likeliest(probabilities, 3 * row);
