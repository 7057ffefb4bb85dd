import { expect, test } from 'vitest';
import { defaultJob } from '../../training/job.ts';
import { toyRun } from '../../training/toy-run.ts';
import { groupRuns, newestOfModel } from './group-runs.ts';
import { runScores } from './run-scores.ts';

const { data } = defaultJob('x', 'gru', 'tiny');

test('runs on the same data stand together, others apart', () => {
  const runs = [
    toyRun('gru', 'a'),
    toyRun('lstm', 'b', {}, { data: { ...data, horizon: 5 } }),
    toyRun('lstm', 'c'),
    toyRun('gru', 'd', { dataset: { id: 'file-2', name: 'bars.csv' } }),
  ];
  expect(groupRuns(runs).map((group) => group.runs.map((run) => run.job.runId))).toEqual([['a', 'c'], ['b'], ['d']]);
  expect([...newestOfModel(runs)].sort()).toEqual(['c', 'd']);
});

test('a run beats its baselines only when its interval does not touch that of the strongest', () => {
  expect(runScores(toyRun('gru', 'a')).beatsBaselines).toBe(true);
  const close = toyRun('gru', 'a', { test: { metrics: {}, confusion: [], accuracy: { value: 0.45, low: 0.355, high: 0.5 } } });
  expect(runScores(close).beatsBaselines).toBe(false);
  expect(runScores(toyRun('gru', 'a', { test: null })).beatsBaselines).toBeNull();
});

test('scores are of the test part, and of the best epoch’s validation part before there is one', () => {
  const scores = runScores(toyRun('gru', 'a'));
  expect([scores.part, scores.mae, scores.macroF1, scores.validationLoss]).toEqual(['test', 2.5, 0.4, 1.05]);
  const running = runScores(toyRun('gru', 'a', { test: null, bestEpoch: 1, status: 'running' }));
  expect([running.part, running.validationLoss, running.mae]).toEqual(['validation', 2.1, undefined]);
});
