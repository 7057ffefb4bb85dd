/** Points of one metric by step, bounded: when there are too many, every four become their lowest and highest, so that no spike is lost. */
import type { Progress } from '../worker/protocol.ts';
import type { Series, SeriesPoint } from './state.ts';

/** More points than this are halved. */
export const seriesLimit = 2000;

/** The lowest and the highest of every four consecutive points, in step order. A rest of fewer than four stays as it is. */
export function thin(points: readonly SeriesPoint[]): SeriesPoint[] {
  const kept: SeriesPoint[] = [];
  const whole = points.length - (points.length % 4);
  for (let start = 0; start < whole; start += 4) {
    let low = points[start] as SeriesPoint;
    let high = low;
    for (const point of points.slice(start + 1, start + 4)) {
      if (point.value < low.value) low = point;
      if (point.value >= high.value) high = point;
    }
    if (low === high) kept.push(low);
    else kept.push(...(low.step <= high.step ? [low, high] : [high, low]));
  }
  kept.push(...points.slice(whole));
  return kept;
}

/** The series with new points at their ends. Values that are not finite are left out: they cannot be drawn, and the run says why it ended. */
export function appendPoints(series: Series, points: Progress['points']): Series {
  if (points.length === 0) return series;
  const changed: Record<string, SeriesPoint[]> = {};
  for (const { step, at, metrics } of points) {
    for (const [path, value] of Object.entries(metrics)) {
      if (!Number.isFinite(value)) continue;
      changed[path] ??= [...(series[path] ?? [])];
      changed[path].push({ step, at, value });
    }
  }
  for (const [path, list] of Object.entries(changed)) if (list.length > seriesLimit) changed[path] = thin(list);
  return { ...series, ...changed };
}
