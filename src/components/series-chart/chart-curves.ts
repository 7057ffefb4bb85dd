/** From lines to what is drawn of them: smoothed, cut to the frame, thinned without losing a spike, and as drawing instructions. */
import { smooth } from '../../lib/smooth.ts';
import { type Point, thin } from '../../lib/thin.ts';
import type { ChartLine } from './chart-line.ts';
import type { ChartView, Stretch } from './chart-view.ts';

export interface Curve {
  readonly key: string;
  readonly color: string;
  readonly width: number;
  readonly opacity: number;
  readonly dots: boolean;
  readonly points: readonly Point[];
}

/** Points drawn of one line, at most: a lowest and a highest for about every two pixels. */
export const drawnPoints = 600;
/** Points drawn in one chart: many lines share them. */
const drawnInAll = 12_000;
/** More epochs than this are drawn without dots. */
const dottedUpTo = 40;

/** The points within a stretch and one beyond either end, so that curves run to the edge. */
export function within(points: readonly Point[], [from, to]: Stretch): readonly Point[] {
  let first = points.findIndex((point) => point.at >= from);
  if (first === -1) return points.slice(-1);
  first = Math.max(0, first - 1);
  const end = points.findIndex((point) => point.at > to);
  return points.slice(first, end === -1 ? undefined : end + 1);
}

/** Light raw curves first, so that the strong ones lie over them. */
export function curvesOf(lines: readonly ChartLine[], view: ChartView, x: Stretch): Curve[] {
  const limit = Math.max(40, Math.min(drawnPoints, Math.floor(drawnInAll / Math.max(1, lines.length))));
  const drawn = (points: readonly Point[]): readonly Point[] => {
    const visible = within(points, x).filter((point) => (!view.logX || point.at > 0) && (!view.logY || point.value > 0));
    return thin(visible, limit);
  };
  const smoothing = view.smoothing > 0;
  const raw: Curve[] = [];
  const strong: Curve[] = [];
  for (const { id, color, steps, epochs, plain } of lines) {
    if (steps.length > 0) {
      // Light behind the epochs, but all there is to see before the first of them.
      const alone = epochs.length === 0 ? 0.8 : steps.length < 100 ? 0.45 : 0.25;
      raw.push({ key: `${id}:steps`, color, width: 1, opacity: smoothing ? 0.22 : alone, dots: false, points: drawn(steps) });
      if (smoothing) {
        const points = drawn(smooth(steps, view.smoothing));
        strong.push({ key: `${id}:steps-smoothed`, color, width: 1.5, opacity: epochs.length === 0 ? 1 : 0.6, dots: false, points });
      }
    }
    if (epochs.length > 0) {
      const dots = !plain && epochs.length <= dottedUpTo && lines.length <= 8;
      if (smoothing) {
        raw.push({ key: `${id}:epochs`, color, width: 1, opacity: 0.35, dots: false, points: drawn(epochs) });
        strong.push({ key: `${id}:epochs-smoothed`, color, width: 2, opacity: 1, dots, points: drawn(smooth(epochs, view.smoothing)) });
      } else strong.push({ key: `${id}:epochs`, color, width: 2, opacity: 1, dots, points: drawn(epochs) });
    }
  }
  return [...raw, ...strong];
}

/** SVG path through the points; pixels to a tenth. */
export function pathOf(points: readonly Point[], x: (at: number) => number, y: (value: number) => number): string {
  let path = '';
  for (const { at, value } of points) path += `${path === '' ? 'M' : 'L'}${x(at).toFixed(1)},${y(value).toFixed(1)}`;
  return path;
}

/** Maps a range to pixels, linearly or by logarithm. */
export function scaleOf([low, high]: Stretch, from: number, to: number, logarithmic: boolean): (value: number) => number {
  const measure = logarithmic ? Math.log : (value: number) => value;
  const first = measure(low);
  const factor = (to - from) / (measure(high) - first || 1);
  return (value) => from + (measure(value) - first) * factor;
}

/** The other way: pixels to a value of the range. */
export function inverseOf([low, high]: Stretch, from: number, to: number, logarithmic: boolean): (pixel: number) => number {
  const share = (pixel: number) => Math.min(1, Math.max(0, (pixel - from) / (to - from || 1)));
  return logarithmic ? (pixel) => low * (high / low) ** share(pixel) : (pixel) => low + (high - low) * share(pixel);
}
