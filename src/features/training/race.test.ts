import { expect, test } from 'vitest';
import { toyEpoch, toyRun } from '../../training/toy-run.ts';
import { queueRows } from './queue-rows.ts';
import { raceOf } from './race.ts';

const viewOf = (summary: ReturnType<typeof toyRun>) => ({ summary, series: {} });
const run = (model: 'gru' | 'lstm', id: string, accuracy: number) =>
  toyRun(model, id, { epochs: [toyEpoch(1, { metrics: { 'validation/accuracy': accuracy } })], bestEpoch: 1 });

test('models and baselines in the order of their accuracy', () => {
  const runs = { a: viewOf(run('gru', 'a', 0.38)), b: viewOf(run('lstm', 'b', 0.5)) };
  const lanes = raceOf(queueRows({ queue: [], runs, runOrder: ['a', 'b'] }), runs);
  expect(lanes.map(({ id, accuracy }) => [id, accuracy])).toEqual([
    ['b', 0.5],
    ['logistic', 0.42],
    ['a', 0.38],
    ['majority', 0.34],
  ]);
});

test('baselines of other rows do not race', () => {
  const other = run('lstm', 'b', 0.5);
  const runs = { a: viewOf(run('gru', 'a', 0.38)), b: viewOf({ ...other, dataset: { id: 'file-2', name: 'other.csv' } }) };
  const lanes = raceOf(queueRows({ queue: [], runs, runOrder: ['a', 'b'] }), runs);
  expect(lanes.map(({ kind }) => kind)).toEqual(['run', 'run']);
});

test('before the first epoch there is no race', () => {
  const runs = { a: viewOf(toyRun('gru', 'a', { epochs: [], bestEpoch: 0 })) };
  expect(raceOf(queueRows({ queue: [], runs, runOrder: ['a'] }), runs)).toEqual([]);
});
