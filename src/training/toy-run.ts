/** A small finished run for tests of what reads runs. */
import type { PreparedSummary } from '../data/prepared.ts';
import type { ModelId } from '../models/catalog.ts';
import { defaultJob, type Job } from './job.ts';
import type { EpochRecord, RunSummary, Score } from './run.ts';

const part = (windows: number) => ({ windows, firstTime: 0, lastTime: 0, classes: [1, 1, 1] as const });

const prepared: PreparedSummary = {
  datasetId: 'file-1',
  featureNames: ['logReturn'],
  scaler: { mean: [0], deviation: [1] },
  labels: { rule: 'quantile', lower: -1e-4, upper: 1e-4, returnDeviation: 3e-4 },
  sequenceLength: {
    value: 32,
    automatic: 500,
    reason: 'share',
    lastSignificantLag: 81,
    lower: 90,
    upper: 500,
    autocorrelation: new Float32Array(1),
    surrogateLow: new Float32Array(1),
    surrogateHigh: new Float32Array(1),
  },
  usableBars: 1000,
  warmUpBars: 60,
  possibleWindows: 968,
  dropped: { acrossGap: 0, withoutFuture: 1, purged: 2, older: 0 },
  parts: { train: part(800), validation: part(80), test: part(80) },
  classWeights: [1, 1, 1],
  warnings: [],
};

export const toyScore = (value: number): Score => ({ value, low: value - 0.02, high: value + 0.02 });

/** An epoch whose predictions spread over the classes. */
export const toyEpoch = (epoch: number, changes: Partial<EpochRecord> = {}): EpochRecord => ({
  epoch,
  metrics: { 'train/loss': 2 / epoch, 'validation/loss': 2.1 / epoch, 'train/accuracy': 0.5, 'validation/accuracy': 0.45 },
  confusion: { train: [3, 2, 1, 1, 3, 2, 2, 1, 3], validation: [3, 2, 1, 1, 3, 2, 2, 1, 3] },
  elapsedMs: epoch * 1000,
  ...changes,
});

/** A finished run of two epochs that beats its baselines. `job` changes the job, the rest the record. */
export function toyRun(model: ModelId, runId: string, changes: Partial<RunSummary> = {}, job: Partial<Job> = {}): RunSummary {
  return {
    job: { ...defaultJob(runId, model, 'tiny'), ...job },
    status: 'finished',
    dataset: { id: 'file-1', name: 'bars.csv' },
    prepared,
    parameters: { total: 1940, trainable: 1940, active: 1940 },
    adapter: 'toy',
    backend: 'cpu',
    startedAt: 0,
    elapsedMs: 2000,
    epochs: [toyEpoch(1), toyEpoch(2)],
    bestEpoch: 2,
    stoppedBy: 'epochs',
    baselines: [
      { id: 'majority', validation: toyScore(0.34), test: toyScore(0.36) },
      { id: 'logistic', validation: toyScore(0.42), test: toyScore(0.35) },
    ],
    test: { metrics: { 'test/mae': 2.5, 'test/macroF1': 0.4 }, confusion: [3, 2, 1, 1, 3, 2, 2, 1, 3], accuracy: toyScore(0.45) },
    warnings: [],
    ...changes,
  };
}
