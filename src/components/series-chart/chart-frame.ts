/** The ranges of a chart's axes, and how many points they leave out. */
import type { Point } from '../../lib/thin.ts';
import type { ChartBand, ChartLine } from './chart-line.ts';
import type { ChartView, Stretch } from './chart-view.ts';

export interface Frame {
  readonly x: Stretch;
  readonly y: Stretch;
  /** Points within `x` that lie outside `y`. */
  readonly outside: number;
  /** Points that a logarithmic axis cannot show. */
  readonly unloggable: number;
}

export interface FrameOptions {
  readonly view: ChartView;
  readonly zoom: Stretch | null;
  readonly fromZero: boolean;
  readonly band: ChartBand | undefined;
  /** Where the horizontal axis begins when it is linear and not zoomed; null begins at the first point. */
  readonly start: number | null;
}

/** Values looked at to find the outer percentiles: more would cost more than they tell. */
const sampled = 20_000;
const outerShare = 0.01;

const pointsOf = (line: ChartLine): (readonly Point[])[] => [line.steps, line.epochs];

/** First and last `at` of all lines; with a logarithmic axis of those above 0. */
function extentOf(lines: readonly ChartLine[], { view, zoom, start }: FrameOptions): Stretch {
  if (zoom) return zoom;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const points of lines.flatMap(pointsOf)) {
    const first = view.logX ? points.find((point) => point.at > 0) : points[0];
    if (first) low = Math.min(low, first.at);
    high = Math.max(high, points.at(-1)?.at ?? high);
  }
  if (high === Number.NEGATIVE_INFINITY) return [0, 1];
  if (!view.logX && start !== null) low = start;
  if (!(low < high)) return view.logX ? [high / 2 || 0.5, high * 2 || 1] : [high - 1, high];
  return [low, high];
}

/** Room above and below, in the axis' own measure. */
function padded(low: number, high: number, logarithmic: boolean): Stretch {
  if (logarithmic) {
    const room = Math.max(1.02, (high / low) ** 0.04);
    return [low / room, high * room];
  }
  const room = (high - low) * 0.05 || Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}

/** The frame of the lines. Works on all points given, so that what is hidden is counted and not estimated. */
export function frameOf(lines: readonly ChartLine[], options: FrameOptions): Frame {
  const { view, band, fromZero } = options;
  const x = extentOf(lines, options);
  const inside = (point: Point) => point.at >= x[0] && point.at <= x[1] && Number.isFinite(point.value);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let unloggable = 0;
  const values: number[] = [];
  for (const points of lines.flatMap(pointsOf)) {
    for (const point of points) {
      if (view.logX && point.at <= 0) unloggable++;
      if (!inside(point)) continue;
      if (view.logY && point.value <= 0) {
        unloggable++;
        continue;
      }
      values.push(point.value);
      if (point.value < low) low = point.value;
      if (point.value > high) high = point.value;
    }
  }
  if (values.length === 0) return { x, y: view.logY ? [0.1, 1] : [0, 1], outside: 0, unloggable };
  if (view.hideOutliers) {
    const every = Math.max(1, Math.floor(values.length / sampled));
    const sample = values.filter((_, index) => index % every === 0).sort((a, b) => a - b);
    low = sample[Math.floor(outerShare * (sample.length - 1))] ?? low;
    high = sample[Math.ceil((1 - outerShare) * (sample.length - 1))] ?? high;
  }
  if (band) {
    if (!view.logY || band.low > 0) low = Math.min(low, band.low);
    high = Math.max(high, band.high);
  }
  const y = padded(low, high, view.logY);
  const from = fromZero && !view.logY ? 0 : y[0];
  const outside = view.hideOutliers ? values.filter((value) => value < from || value > y[1]).length : 0;
  return { x, y: [from, y[1]], outside, unloggable };
}
