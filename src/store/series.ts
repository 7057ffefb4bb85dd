/** Points of one metric by step, bounded: when there are too many they are thinned to half, spikes kept. */
import { thin } from '../lib/thin.ts';
import type { Progress } from '../worker/protocol.ts';
import type { Series, SeriesPoint } from './state.ts';

/** More points than this are halved. */
export const seriesLimit = 2000;

/** The series with new points at their ends. Values that are not finite are left out: they cannot be drawn, and the run says why it ended. */
export function appendPoints(series: Series, points: Progress['points']): Series {
  if (points.length === 0) return series;
  const changed: Record<string, SeriesPoint[]> = {};
  for (const { step, at, elapsedMs, clockMs, metrics } of points) {
    for (const [path, value] of Object.entries(metrics)) {
      if (!Number.isFinite(value)) continue;
      changed[path] ??= [...(series[path] ?? [])];
      changed[path].push({ step, at, elapsedMs, clockMs, value });
    }
  }
  return { ...series, ...bounded(changed) };
}

/** The series with curves that have too many points thinned. */
export function bounded(series: Series): Series {
  const entries = Object.entries(series);
  if (entries.every(([, points]) => points.length <= seriesLimit)) return series;
  return Object.fromEntries(entries.map(([path, points]) => [path, points.length > seriesLimit ? thin(points, seriesLimit / 2) : points]));
}
