/** Folds the loop's events into progress reports, at most ten a second, with speed and time left. */
import type { Prepared } from '../data/prepared.ts';
import type { Stopwatch } from '../lib/stopwatch.ts';
import type { Job } from './job.ts';
import type { Progress, StepPoint } from './run.ts';
import type { TrainEvent } from './train.ts';

const intervalMs = 100;
const shortestStretchMs = 250;

/** What a report needs of an event of training, or of pre-training. */
export type ObservedEvent =
  | Exclude<TrainEvent, { type: 'stepped' | 'settled' }>
  | (Omit<Extract<TrainEvent, { type: 'stepped' }>, 'batch'> & { readonly batch: { readonly rows: Int32Array } });

export interface ProgressReporter {
  /** A report where one is due, else null; points of steps in between are kept for the next one. */
  observe(event: ObservedEvent): Progress | null;
  testing(): Progress;
}

/** @param deviceBytes bytes the engine holds at the moment */
export function createProgress(
  job: Job,
  prepared: Prepared,
  stopwatch: Stopwatch,
  deviceBytes: () => number,
  single: () => boolean = () => false,
): ProgressReporter {
  const windows = prepared.windows.train.length;
  const totalSteps = Math.ceil(windows / job.training.batchSize) * job.training.epochs;
  const time = prepared.summary.sequenceLength.value;
  let points: StepPoint[] = [];
  let lastAt = Number.NEGATIVE_INFINITY;
  let [step, epoch, trainedWindows, trainingMs, seenMs] = [0, 1, 0, 0, 0];
  // Windows and time of training since the last report: the speed at the moment, beside the mean of the run.
  let [recentWindows, recentMs] = [0, 0];

  const report = (phase: Progress['phase'], compiled: Progress['compiled'] = null): Progress => {
    const elapsedMs = stopwatch.elapsedMs();
    const sent = withSpeed(points);
    points = [];
    lastAt = elapsedMs;
    return {
      runId: job.runId,
      model: job.model,
      phase,
      compiled,
      epoch,
      epochs: job.training.epochs,
      step,
      totalSteps,
      elapsedMs,
      etaMs: step === 0 ? null : ((totalSteps - step) * elapsedMs) / step,
      barsPerSecond: trainingMs === 0 ? 0 : (trainedWindows * time * 1000) / trainingMs,
      deviceBytes: deviceBytes(),
      points: sent,
    };
  };

  const withSpeed = (steps: readonly StepPoint[]): readonly StepPoint[] => {
    const newest = steps.at(-1);
    // Steps arrive in bursts: a shorter stretch than this says nothing about the speed.
    if (!newest || recentMs < shortestStretchMs) return steps;
    const speed = { 'speed/barsPerSecond': (recentWindows * time * 1000) / recentMs, 'speed/deviceBytes': deviceBytes() };
    [recentWindows, recentMs] = [0, 0];
    return [...steps.slice(0, -1), { ...newest, metrics: { ...newest.metrics, ...speed } }];
  };

  return {
    observe(event) {
      const now = stopwatch.elapsedMs();
      if (event.type === 'compiling') return report('compiling', { done: event.done, total: event.total });
      if (event.type === 'stepped') {
        step = event.step;
        epoch = event.epoch;
        trainedWindows += event.batch.rows.length;
        trainingMs += now - seenMs;
        recentWindows += event.batch.rows.length;
        recentMs += now - seenMs;
        points.push({ step: event.step, at: event.at, elapsedMs: now, clockMs: Date.now(), metrics: event.metrics });
      }
      seenMs = now;
      const due = event.type === 'evaluated' || single() || now - lastAt >= intervalMs;
      return due ? report(event.type === 'stepped' ? 'training' : 'validating') : null;
    },
    testing: () => report('testing'),
  };
}
