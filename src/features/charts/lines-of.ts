/** From what a run recorded to what a chart draws. */
import type { Point } from '../../lib/thin.ts';
import type { Series } from '../../store/state.ts';
import type { RunSummary } from '../../training/run.ts';

/** A metric at every epoch where it was measured. */
export function epochPoints(run: RunSummary, path: string): Point[] {
  return run.epochs.flatMap((record) => {
    const value = record.metrics[path];
    return value === undefined || !Number.isFinite(value) ? [] : [{ at: record.epoch, value }];
  });
}

const none: readonly Point[] = [];

/** A metric at the steps that were reported. */
export const stepPoints = (series: Series, path: string): readonly Point[] => series[path] ?? none;
