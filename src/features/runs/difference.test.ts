import { expect, test } from 'vitest';
import { defaultJob } from '../../training/job.ts';
import { toyRun } from '../../training/toy-run.ts';
import { differenceOf } from './difference.ts';

const job = defaultJob('x', 'gru', 'tiny');

test('runs with the same settings differ in nothing, whatever their ids and scores', () => {
  expect(differenceOf([toyRun('gru', 'a'), toyRun('gru', 'b', { elapsedMs: 9, bestEpoch: 1 })])).toEqual([]);
  expect(differenceOf([toyRun('gru', 'a')])).toEqual([]);
  expect(differenceOf([])).toEqual([]);
});

test('only what differs, a switched-off feature and a size of the same model included', () => {
  const other = toyRun(
    'gru',
    'b',
    {},
    {
      data: { ...job.data, rsi14: false },
      training: { ...job.training, learningRate: 1e-3 },
      modelConfig: { ...job.modelConfig, hiddenSize: 24 },
    },
  );
  expect(differenceOf([toyRun('gru', 'a'), other])).toEqual([
    { path: 'data.rsi14', values: [true, false] },
    { path: 'training.learningRate', values: [2e-4, 1e-3] },
    { path: 'model.hiddenSize', values: [16, 24] },
  ]);
});

test('sizes that not every model has are left out', () => {
  const paths = differenceOf([toyRun('gru', 'a'), toyRun('transformer', 'b')]).map(({ path }) => path);
  expect(paths).toContain('model');
  expect(paths).toContain('model.dropout');
  expect(paths).not.toContain('model.heads');
  expect(paths).not.toContain('model.hiddenSize');
});

test('two files of the same name are told apart', () => {
  const [row] = differenceOf([toyRun('gru', 'a'), toyRun('gru', 'b', { dataset: { id: 'file-2', name: 'bars.csv' } })]);
  expect(row).toEqual({ path: 'file', values: ['bars.csv (file-1)', 'bars.csv (file-2)'] });
});
