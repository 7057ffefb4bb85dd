/** Each event changes what it should and leaves the rest: data and runs survive failures, curves stay bounded and keep their spikes. */
import { describe, expect, test } from 'vitest';
import type { DatasetSummary } from '../data/dataset.ts';
import type { PreparedSummary } from '../data/prepared.ts';
import { catalog } from '../models/catalog.ts';
import { countParameters } from '../models/parameter.ts';
import { defaultJob } from '../training/job.ts';
import type { RunSummary } from '../training/run.ts';
import type { Event } from '../worker/protocol.ts';
import { reduce } from './reduce.ts';
import { canStart, initialState, isTraining, type State } from './state.ts';

const none = new Float64Array(0);
const dataset = (name: string): DatasetSummary => ({
  id: name,
  name,
  bytes: 10,
  rows: { read: 3, kept: 3, dropped: 0 },
  format: {
    encoding: 'utf-8',
    delimiter: ',',
    header: true,
    skippedLines: 0,
    columnNames: [],
    columns: {},
    timeFormat: 'iso',
    decimalComma: false,
    order: 'ascending',
  },
  intervalSeconds: 60,
  firstTime: 0,
  lastTime: 120_000,
  firstBar: [],
  lastBar: [],
  findings: [],
  head: [],
  candles: { barsPerCandle: 1, time: none, open: none, high: none, low: none, close: none, volume: null },
});
const part = { windows: 1, firstTime: 0, lastTime: 0, classes: [1, 0, 0] as const };
const prepared: PreparedSummary = {
  datasetId: 'a.csv',
  featureNames: ['logReturn'],
  scaler: { mean: [0], deviation: [1] },
  labels: { rule: 'quantile', lower: 0, upper: 0, returnDeviation: 1 },
  sequenceLength: {
    value: 32,
    automatic: 32,
    reason: 'share',
    lastSignificantLag: 1,
    lower: 10,
    upper: 40,
    autocorrelation: new Float32Array(0),
    surrogateLow: new Float32Array(0),
    surrogateHigh: new Float32Array(0),
  },
  usableBars: 3,
  warmUpBars: 60,
  possibleWindows: 1,
  dropped: { acrossGap: 0, withoutFuture: 0, purged: 0, older: 0 },
  parts: { train: part, validation: part, test: part },
  classWeights: [1, 1, 1],
  warnings: [],
};
const run = (runId: string, change: Partial<RunSummary> = {}): RunSummary => ({
  job: defaultJob(runId, 'gru', 'tiny'),
  status: 'running',
  dataset: { id: 'a.csv', name: 'a.csv' },
  prepared,
  parameters: countParameters(catalog.gru.parameters({}, 16)),
  adapter: 'test',
  backend: 'cpu',
  startedAt: 0,
  elapsedMs: 0,
  epochs: [],
  bestEpoch: 0,
  stoppedBy: null,
  baselines: [],
  test: null,
  warnings: [],
  ...change,
});
const follow = (events: readonly Event[], state: State = initialState): State => events.reduce(reduce, state);
const device = {
  backend: 'cpu',
  adapter: 'test',
  software: true,
  kernels: 'fused',
  fallback: null,
  features: [],
  maxBindingBytes: 0,
  tiles: null,
  referenceNotes: [],
} as const;
const epoch = (number: number, loss: number) => ({
  epoch: number,
  metrics: { 'validation/loss': loss },
  confusion: { train: [], validation: [] },
  elapsedMs: 1,
});
const progress = (runId: string, step: number) => ({
  runId,
  model: 'gru' as const,
  phase: 'training' as const,
  compiled: null,
  epoch: 1,
  epochs: 2,
  step,
  totalSteps: 10,
  elapsedMs: 1,
  etaMs: null,
  barsPerSecond: 1,
  deviceBytes: 1,
  points: [{ step, at: step / 5, elapsedMs: step * 100, clockMs: step * 100, metrics: { 'train/loss': 1 / step } }],
});

describe('data', () => {
  const loaded = follow([
    { type: 'ready', device, runs: [] },
    { type: 'loaded', dataset: dataset('a.csv') },
    { type: 'prepared', prepared },
  ]);

  test('a file that cannot be read leaves the previous data set as it was', () => {
    const reading = { ...loaded, reading: { name: 'b.csv', bytes: 0, total: 5, rows: 0 } };
    const failed = reduce(reading, { type: 'failed', scope: 'load', failure: { code: 'not-a-table', parameters: {} } });
    expect(failed.dataset).toBe(loaded.dataset);
    expect(failed.prepared).toBe(prepared);
    expect([failed.reading, failed.refusedFile]).toEqual([null, 'b.csv']);
    expect(failed.failures.load?.code).toBe('not-a-table');
    expect(reduce(failed, { type: 'loaded', dataset: dataset('c.csv') }).failures.load).toBeUndefined();
  });

  test('a cancelled reading is not a failure', () => {
    const reading = { ...loaded, reading: { name: 'b.csv', bytes: 0, total: 5, rows: 0 } };
    const cancelled = reduce(reading, { type: 'failed', scope: 'load', failure: { code: 'reading-cancelled', parameters: {} } });
    expect(cancelled.failures).toEqual({});
    expect(cancelled.reading).toBeNull();
  });

  test('new data forgets what was prepared from the old', () => {
    expect(reduce(loaded, { type: 'loaded', dataset: dataset('b.csv') }).prepared).toBeNull();
  });

  test('training is offered only with prepared data, and not when the data says stop', () => {
    expect(canStart(initialState)).toBe(false);
    expect(canStart(loaded)).toBe(true);
    expect(canStart({ ...loaded, preparing: true })).toBe(false);
    const refused = {
      ...dataset('a.csv'),
      findings: [{ code: 'too-few-bars', count: 3, lines: [], action: 'stop', parameters: {} } as const],
    };
    expect(canStart({ ...loaded, dataset: refused })).toBe(false);
  });
});

describe('runs', () => {
  const started = follow([
    { type: 'queued', jobs: [defaultJob('r1', 'gru', 'tiny')] },
    { type: 'started', run: run('r1') },
  ]);

  test('progress adds points to its own run', () => {
    const state = follow(
      [
        { type: 'progressed', progress: progress('r1', 1) },
        { type: 'progressed', progress: progress('r1', 2) },
      ],
      started,
    );
    expect(state.runs.r1?.series['train/loss']).toEqual([
      { step: 1, at: 0.2, elapsedMs: 100, clockMs: 100, value: 1 },
      { step: 2, at: 0.4, elapsedMs: 200, clockMs: 200, value: 0.5 },
    ]);
    expect(state.progress?.step).toBe(2);
    expect(started.runs.r1?.series).toEqual({});
  });

  test('an epoch is appended, and a repeated one replaces what followed', () => {
    const state = follow(
      [
        { type: 'evaluated', runId: 'r1', epoch: epoch(1, 3), bestEpoch: 1 },
        { type: 'evaluated', runId: 'r1', epoch: epoch(2, 2), bestEpoch: 2 },
        { type: 'evaluated', runId: 'r1', epoch: epoch(2, 1), bestEpoch: 2 },
      ],
      started,
    );
    expect(state.runs.r1?.summary.epochs.map((record) => record.metrics['validation/loss'])).toEqual([3, 1]);
    expect(state.runs.r1?.summary.bestEpoch).toBe(2);
  });

  test('pause, resume and the end are told apart, and the curve stays', () => {
    const paused = follow(
      [
        { type: 'progressed', progress: progress('r1', 1) },
        { type: 'paused', runId: 'r1' },
      ],
      started,
    );
    expect([paused.paused, paused.runs.r1?.summary.status]).toEqual([true, 'paused']);
    const resumed = reduce(paused, { type: 'resumed', runId: 'r1' });
    expect([resumed.paused, resumed.runs.r1?.summary.status]).toEqual([false, 'running']);
    const finished = follow([{ type: 'finished', run: run('r1', { status: 'finished' }) }, { type: 'queueEnded' }], resumed);
    expect([finished.activeRunId, finished.queue.length, isTraining(finished)]).toEqual([null, 0, false]);
    expect(finished.runs.r1?.series['train/loss']).toHaveLength(1);
    expect(finished.runOrder).toEqual(['r1']);
    expect(reduce(finished, { type: 'runDeleted', runId: 'r1' }).runs).toEqual({});
  });

  test('the queue keeps the models that are done until all are, and drops those that will not run', () => {
    const jobs = (['r1', 'r2', 'r3'] as const).map((runId) => defaultJob(runId, 'gru', 'tiny'));
    const ids = (state: State) => state.queue.map((job) => job.runId);
    const second = follow([
      { type: 'queued', jobs },
      { type: 'started', run: run('r1') },
      { type: 'finished', run: run('r1', { status: 'finished' }) },
      { type: 'queued', jobs: jobs.slice(1) },
      { type: 'started', run: run('r2') },
    ]);
    expect(ids(second)).toEqual(['r1', 'r2', 'r3']);
    const stopped = follow(
      [
        { type: 'finished', run: run('r2', { status: 'stopped' }) },
        { type: 'queued', jobs: [] },
      ],
      second,
    );
    expect(ids(stopped)).toEqual(['r1', 'r2']);
    expect(isTraining(stopped)).toBe(true);
    expect(isTraining(reduce(stopped, { type: 'queueEnded' }))).toBe(false);
  });

  test('a dead worker ends the run on the screen and keeps the finished ones', () => {
    const second = follow(
      [
        { type: 'finished', run: run('r1', { status: 'finished' }) },
        { type: 'started', run: run('r2') },
      ],
      started,
    );
    const dead = reduce(second, { type: 'failed', scope: 'device', failure: { code: 'worker-failed', parameters: {} } });
    expect(isTraining(dead)).toBe(false);
    expect(dead.runs.r1?.summary.status).toBe('finished');
    expect(dead.runs.r2?.summary.status).toBe('failed');
  });
});

describe('predictions', () => {
  const prediction = {
    weights: 'best_gru.safetensors',
    runId: 'r1',
    model: 'gru' as const,
    dataset: { id: 'a', name: 'a.csv' },
    horizon: 1,
    windows: 10,
    acrossGap: 0,
    seen: 4,
    scored: 5,
    hits: 2,
    latest: null,
  };
  const running = follow([{ type: 'applyingProgressed', done: 3, total: 10 }]);

  test('progress is shown, a result ends it, and a training cannot start in between', () => {
    expect(running.applying).toEqual({ done: 3, total: 10 });
    const ready = { ...running, device: {} as State['device'], prepared: {} as State['prepared'] };
    expect([canStart(ready), canStart({ ...ready, applying: null })]).toEqual([false, true]);
    const done = reduce(running, { type: 'weightsApplied', prediction });
    expect([done.applying, done.applied]).toEqual([null, prediction]);
  });

  test('a refused file ends it with the reason; cancelling ends it with nothing', () => {
    const failure = { code: 'other-base' as const, parameters: {} };
    const failed = reduce(running, { type: 'failed', scope: 'applyWeights', failure });
    expect([failed.applying, failed.failures.applyWeights]).toEqual([null, failure]);
    expect(reduce(failed, { type: 'weightsApplied', prediction: null }).failures.applyWeights).toBeUndefined();
  });
});
