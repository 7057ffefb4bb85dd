import { expect, test } from 'vitest';
import { toyRun, toyScore } from '../../training/toy-run.ts';
import { changesAgainstFirst, differenceOf } from './difference.ts';
import { matchesFilter } from './filter-runs.ts';
import { nextSorting, sortRuns } from './sort-runs.ts';

const tested = (id: string, accuracy: number) =>
  toyRun('gru', id, { test: { metrics: {}, confusion: [], accuracy: toyScore(accuracy) }, name: id });
const runs = [tested('b', 0.4), toyRun('lstm', 'none', { test: null }), tested('a', 0.6)];
const ids = (sorted: readonly { job: { runId: string } }[]) => sorted.map(({ job }) => job.runId);

test('by a score, runs without it last in either direction', () => {
  expect(ids(sortRuns(runs, { column: 'testAccuracy', descending: true }))).toEqual(['a', 'b', 'none']);
  expect(ids(sortRuns(runs, { column: 'testAccuracy', descending: false }))).toEqual(['b', 'a', 'none']);
  expect(ids(sortRuns(runs, { column: 'model', descending: false }))).toEqual(['a', 'b', 'none']);
});

test('the better end first, then the other, then none', () => {
  const first = nextSorting(null, 'testAccuracy');
  expect(first).toEqual({ column: 'testAccuracy', descending: true });
  const second = nextSorting(first, 'testAccuracy');
  expect(second).toEqual({ column: 'testAccuracy', descending: false });
  expect(nextSorting(second, 'testAccuracy')).toBeNull();
  expect(nextSorting(first, 'time')).toEqual({ column: 'time', descending: false });
});

test('every word must be found somewhere', () => {
  const run = toyRun('gru', 'a', { tags: ['Night'], note: 'lower rate' });
  expect(matchesFilter(run, '轻量', 'night RATE')).toBe(true);
  expect(matchesFilter(run, '轻量', '轻 bars.csv')).toBe(true);
  expect(matchesFilter(run, '轻量', 'night day')).toBe(false);
  expect(matchesFilter(run, '轻量', '')).toBe(true);
});

test('changes are told against the first run', () => {
  const first = toyRun('gru', 'a');
  const other = toyRun('gru', 'b', {}, { training: { ...first.job.training, epochs: 3, seed: 7 } });
  const changes = changesAgainstFirst(differenceOf([first, other]), 1);
  expect(changes.map(({ row, before, after }) => [row.path, before, after])).toEqual([
    ['training.seed', 1, 7],
    ['training.epochs', 50, 3],
  ]);
});
