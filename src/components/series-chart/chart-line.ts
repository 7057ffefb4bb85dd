/** What a chart is given to draw. */
import type { Point } from '../../lib/thin.ts';

/** One curve: what was measured at every step, at every epoch, or both. Points ascend in `at`, whose unit is the chart's. */
export interface ChartLine {
  readonly id: string;
  readonly label: string;
  /** Any CSS colour. */
  readonly color: string;
  readonly steps: readonly Point[];
  readonly epochs: readonly Point[];
  /** No dot on each epoch. */
  readonly plain?: boolean;
}

/** A score with its interval, drawn as a band across the chart. */
export interface ChartBand {
  readonly label: string;
  readonly low: number;
  readonly value: number;
  readonly high: number;
}

/** The last value at or before a place, or undefined before the first. Points ascending. */
export function valueAt(points: readonly Point[], at: number): number | undefined {
  let from = 0;
  let to = points.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((points[middle] as Point).at <= at) from = middle + 1;
    else to = middle;
  }
  return points[from - 1]?.value;
}

/** The curve's newest value: of the last epoch, or of the last step before there is one. */
export const newestValue = (line: ChartLine): number | undefined => (line.epochs.at(-1) ?? line.steps.at(-1))?.value;

/** The curve's value at a place: of the epoch before it, or of the step before there is one. */
export const lineValueAt = (line: ChartLine, at: number): number | undefined => valueAt(line.epochs, at) ?? valueAt(line.steps, at);
