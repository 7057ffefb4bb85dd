import { expect, test } from 'vitest';
import type { RunView } from '../../store/state.ts';
import { defaultJob } from '../../training/job.ts';
import type { RunSummary } from '../../training/run.ts';
import { toyRun } from '../../training/toy-run.ts';
import { queueRows, shownRunId } from './queue-rows.ts';

const stateOf = (summaries: readonly RunSummary[]) => ({
  queue: [],
  activeRunId: null,
  runs: Object.fromEntries(summaries.map((summary): [string, RunView] => [summary.job.runId, { summary, series: {} }])),
  runOrder: summaries.map((summary) => summary.job.runId),
});

test('a queue shows its jobs in order, those without a run as waiting', () => {
  const state = {
    ...stateOf([toyRun('lstm', 'old'), toyRun('gru', 'a')]),
    queue: [defaultJob('a', 'gru', 'tiny'), defaultJob('b', 'lstm', 'tiny')],
  };
  expect(queueRows(state)).toEqual([
    { runId: 'a', model: 'gru', pretraining: false, seed: null, fold: null, status: 'finished', known: true },
    { runId: 'b', model: 'lstm', pretraining: false, seed: null, fold: null, status: 'waiting', known: false },
  ]);
});

test('several runs of one model are told apart by their seed and fold', () => {
  const job = defaultJob('a', 'gru', 'tiny');
  const twin = { ...job, runId: 'b', training: { ...job.training, seed: 2 }, data: { ...job.data, folds: 3, fold: 1 } };
  const rows = queueRows({ ...stateOf([]), queue: [job, twin, defaultJob('c', 'lstm', 'tiny')] });
  expect(rows.map(({ seed, fold }) => [seed, fold])).toEqual([
    [1, null],
    [2, 1],
    [null, null],
  ]);
});

test('without a queue the newest run of each model is shown', () => {
  const state = stateOf([toyRun('gru', 'a'), toyRun('lstm', 'b'), toyRun('gru', 'c', { status: 'stopped' })]);
  expect(queueRows(state).map(({ runId, status }) => [runId, status])).toEqual([
    ['b', 'finished'],
    ['c', 'stopped'],
  ]);
  expect(queueRows(stateOf([]))).toEqual([]);
});

test('the chosen run is shown, else the active one, else the newest', () => {
  const state = stateOf([toyRun('gru', 'a'), toyRun('lstm', 'b')]);
  expect(shownRunId(state, null)).toBe('b');
  expect(shownRunId({ ...state, activeRunId: 'a' }, null)).toBe('a');
  expect(shownRunId(state, 'a')).toBe('a');
  expect(shownRunId(state, 'deleted')).toBe('b');
  expect(shownRunId(stateOf([]), null)).toBeNull();
});
