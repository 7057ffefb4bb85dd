/** From what a run recorded to what a chart draws, on the horizontal axis that a person chose. */
import type { Point } from '../../lib/thin.ts';
import type { Series, SeriesPoint } from '../../store/state.ts';
import type { ChartAxis } from '../../store/view.ts';
import type { EpochRecord, RunSummary } from '../../training/run.ts';

const secondMs = 1000;

/** Optimizer steps of one epoch. */
export const stepsPerEpoch = ({ prepared, job }: RunSummary): number =>
  Math.ceil(prepared.parts.train.windows / Math.max(1, job.training.batchSize));

/** Place of an epoch's end. Runs of an earlier studio kept no wall clock: theirs is reckoned without pauses. */
export function epochPlace(run: RunSummary, record: EpochRecord, axis: ChartAxis): number {
  switch (axis) {
    case 'epoch':
      return record.epoch;
    case 'step':
      return record.epoch * stepsPerEpoch(run);
    case 'time':
      return record.elapsedMs / secondMs;
    case 'clock':
      return record.endedAt ?? run.startedAt + record.elapsedMs;
    default:
      return axis satisfies never;
  }
}

const stepPlaces: Readonly<Record<ChartAxis, (point: SeriesPoint) => number>> = {
  epoch: (point) => point.at,
  step: (point) => point.step,
  time: (point) => point.elapsedMs / secondMs,
  clock: (point) => point.clockMs,
};

/** A metric at every epoch where it was measured. */
export function epochPoints(run: RunSummary, path: string, axis: ChartAxis = 'epoch'): Point[] {
  return run.epochs.flatMap((record) => {
    const value = record.metrics[path];
    return value === undefined || !Number.isFinite(value) ? [] : [{ at: epochPlace(run, record, axis), value }];
  });
}

/** A metric at the steps that were reported. */
export function stepPoints(series: Series, path: string, axis: ChartAxis = 'epoch'): readonly Point[] {
  const points = series[path] ?? [];
  if (axis === 'epoch') return points;
  const place = stepPlaces[axis];
  return points.map((point) => ({ at: place(point), value: point.value }));
}
