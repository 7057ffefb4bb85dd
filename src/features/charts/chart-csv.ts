/** The points of a chart as CSV: raw, neither thinned for drawing nor smoothed, one line a point. */
import type { Series } from '../../store/state.ts';
import type { RunSummary } from '../../training/run.ts';
import { epochPlace, stepsPerEpoch } from './lines-of.ts';

const header = 'metric,granularity,step,epoch,elapsed_seconds,time,value';
const iso = (ms: number): string => new Date(ms).toISOString();

/** @param paths metric paths, in the chart's order */
export function chartCsv(run: RunSummary, series: Series, paths: readonly string[]): string {
  const steps = paths.flatMap((path) =>
    (series[path] ?? []).map(({ step, at, elapsedMs, clockMs, value }) =>
      [path, 'step', step, at, elapsedMs / 1000, iso(clockMs), value].join(','),
    ),
  );
  const epochs = paths.flatMap((path) =>
    run.epochs.flatMap((record) => {
      const value = record.metrics[path];
      if (value === undefined) return [];
      const clock = iso(epochPlace(run, record, 'clock'));
      return [path, 'epoch', record.epoch * stepsPerEpoch(run), record.epoch, record.elapsedMs / 1000, clock, value].join(',');
    }),
  );
  return `${[header, ...steps, ...epochs].join('\n')}\n`;
}
