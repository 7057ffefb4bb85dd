/** Folds the loop's events into progress reports, at most ten a second, with speed and time left. */
import type { Prepared } from '../data/prepared.ts';
import type { Stopwatch } from '../lib/stopwatch.ts';
import type { Job } from './job.ts';
import type { Progress, StepPoint } from './run.ts';
import { appendPoints, type Series } from './series.ts';
import type { TrainEvent } from './train.ts';

const intervalMs = 100;
const shortestStretchMs = 250;

/** What a report needs of an event of training, or of pre-training. */
export type ObservedEvent =
  | Exclude<TrainEvent, { type: 'stepped' | 'settled' | 'evaluated' }>
  | Omit<Extract<TrainEvent, { type: 'evaluated' }>, 'predictions'>
  | (Omit<Extract<TrainEvent, { type: 'stepped' }>, 'batch'> & { readonly batch: { readonly rows: Int32Array } });

export interface ProgressReporter {
  /** A report where one is due, else null; points of steps in between are kept for the next one. */
  observe(event: ObservedEvent): Progress | null;
  testing(): Progress;
  /** The curves so far, as who sums up all reports has them, with what no report told yet. @param unseen steps that have not been observed */
  series(unseen: readonly StepEvent[]): Series;
}

/** What is told of one step. */
export type StepEvent = Pick<Extract<ObservedEvent, { type: 'stepped' }>, 'step' | 'at' | 'metrics'>;

interface ProgressSetup {
  readonly job: Job;
  readonly prepared: Prepared;
  readonly stopwatch: Stopwatch;
  /** Bytes the engine holds at the moment. */
  readonly deviceBytes: () => number;
  readonly single?: (() => boolean) | undefined;
  /** Where a run goes on: the steps and the curves that it has behind it. */
  readonly from?: { readonly step: number; readonly series: Series } | undefined;
}

export function createProgress({
  job,
  prepared,
  stopwatch,
  deviceBytes,
  single = () => false,
  from = { step: 0, series: {} },
}: ProgressSetup): ProgressReporter {
  const windows = prepared.windows.train.length;
  const stepsPerEpoch = Math.ceil(windows / job.training.batchSize);
  const totalSteps = stepsPerEpoch * job.training.epochs;
  const time = prepared.summary.sequenceLength.value;
  let points: StepPoint[] = [];
  let told = from.series;
  let lastAt = Number.NEGATIVE_INFINITY;
  let [step, epoch] = [from.step, Math.max(1, Math.ceil(from.step / stepsPerEpoch))];
  let [trainedWindows, trainingMs, seenMs] = [0, 0, stopwatch.elapsedMs()];
  // Windows and time of training since the last report: the speed at the moment, beside the mean of the run.
  let [recentWindows, recentMs] = [0, 0];

  const report = (phase: Progress['phase'], compiled: Progress['compiled'] = null): Progress => {
    const elapsedMs = stopwatch.elapsedMs();
    const sent = withSpeed(points);
    points = [];
    told = appendPoints(told, sent);
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

  const pointOf = ({ step: own, at, metrics }: StepEvent, elapsedMs: number): StepPoint => ({
    step: own,
    at,
    elapsedMs,
    clockMs: Date.now(),
    metrics,
  });

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
        points.push(pointOf(event, now));
      }
      seenMs = now;
      const due = event.type === 'evaluated' || single() || now - lastAt >= intervalMs;
      return due ? report(event.type === 'stepped' ? 'training' : 'validating') : null;
    },
    testing: () => report('testing'),
    series: (unseen) => appendPoints(told, [...points, ...unseen.map((event) => pointOf(event, stopwatch.elapsedMs()))]),
  };
}
