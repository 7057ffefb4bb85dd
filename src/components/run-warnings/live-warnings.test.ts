import { expect, test } from 'vitest';
import { toyEpoch, toyRun } from '../../training/toy-run.ts';
import { liveWarnings } from './live-warnings.ts';

const collapsed = toyEpoch(1, { confusion: { train: [1, 0, 0, 0, 1, 0, 0, 0, 1], validation: [0, 0, 5, 0, 0, 6, 0, 0, 7] } });

test('a run at work is judged by its best epoch', () => {
  const run = toyRun('gru', 'a', { status: 'running', epochs: [collapsed, toyEpoch(2)], bestEpoch: 1 });
  expect(liveWarnings(run)).toEqual([{ code: 'collapsed', parameters: { class: 2 } }]);
  expect(liveWarnings({ ...run, bestEpoch: 2 })).toEqual([]);
});

test('a run that has ended brings its own warnings', () => {
  const run = toyRun('gru', 'a', { epochs: [collapsed], bestEpoch: 1, warnings: [{ code: 'random-base', parameters: {} }] });
  expect(liveWarnings(run)).toEqual([{ code: 'random-base', parameters: {} }]);
});
