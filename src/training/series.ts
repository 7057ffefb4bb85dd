/** The curves of a run by optimizer step, as the page draws them and a run pack carries them. Page-safe. */
import { thin } from '../lib/thin.ts';
import type { StepPoint } from './run.ts';

export interface SeriesPoint {
  /** Optimizer step, 1-based. */
  readonly step: number;
  /** Fractional epoch. */
  readonly at: number;
  /** Training time without pauses. */
  readonly elapsedMs: number;
  /** Wall clock, milliseconds since 1970. */
  readonly clockMs: number;
  readonly value: number;
}

/** Metric path → points by step, bounded: when there are too many they are thinned to half, spikes kept. */
export type Series = Readonly<Record<string, readonly SeriesPoint[]>>;

/** More points than this are halved. */
export const seriesLimit = 2000;

/** The series with new points at their ends. Values that are not finite are left out: they cannot be drawn, and the run says why it ended. */
export function appendPoints(series: Series, points: readonly StepPoint[]): Series {
  if (points.length === 0) return series;
  const changed: Record<string, SeriesPoint[]> = {};
  for (const { step, at, elapsedMs, clockMs, metrics } of points) {
    for (const [path, value] of Object.entries(metrics)) {
      if (!Number.isFinite(value)) continue;
      changed[path] ??= [...(series[path] ?? [])];
      changed[path].push({ step, at, elapsedMs, clockMs, value });
    }
  }
  for (const [path, list] of Object.entries(changed)) if (list.length > seriesLimit) changed[path] = [...thin(list, seriesLimit / 2)];
  return { ...series, ...changed };
}
