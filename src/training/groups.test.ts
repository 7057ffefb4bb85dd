import { expect, test } from 'vitest';
import {
  foldGroups,
  seedGroups,
  seedSummaries,
  spreadOver,
  spreadOverFolds,
  strongestBaseline,
  testAccuracy,
  validationAccuracy,
  verdictOf,
} from './groups.ts';
import { defaultJob, type Job } from './job.ts';
import type { RunSummary } from './run.ts';
import { toyEpoch, toyRun, toyScore } from './toy-run.ts';

const { data, training } = defaultJob('x', 'gru', 'tiny');

function run(
  runId: string,
  accuracy: number,
  change: { seed?: number; fold?: number; folds?: number } = {},
  job: Partial<Job> = {},
): RunSummary {
  const { seed = 1, fold = 0, folds = 0 } = change;
  return toyRun(
    'gru',
    runId,
    {
      epochs: [toyEpoch(1, { metrics: { 'validation/accuracy': accuracy } })],
      bestEpoch: 1,
      test: { metrics: {}, confusion: [], accuracy: toyScore(accuracy - 0.1) },
    },
    { training: { ...training, seed, repeats: 3 }, data: { ...data, fold, folds }, ...job },
  );
}

test.each([
  [0.55, 0.4, 'above'],
  [0.43, 0.4, 'within'],
  [0.4, 0.4, 'not-above'],
  [0.3, 0.4, 'not-above'],
] as const)('a score of %d against %d is %s', (model, baseline, verdict) => {
  expect(verdictOf(toyScore(model), toyScore(baseline))).toBe(verdict);
});

test('the strongest baseline is the one of the test rows', () => {
  expect(strongestBaseline(toyRun('gru', 'a').baselines)?.id).toBe('majority');
  expect(strongestBaseline([])).toBeNull();
});

test('runs that differ in their seed alone are averaged with the sample deviation', () => {
  const runs = [run('a', 0.5, { seed: 1 }), run('b', 0.6, { seed: 2 }), run('c', 0.7, { seed: 3 }), toyRun('lstm', 'd')];
  const [summary, ...others] = seedSummaries(runs);
  expect(others).toEqual([]);
  expect(summary?.validation.mean).toBeCloseTo(0.6, 12);
  expect(summary?.validation.deviation).toBeCloseTo(0.1, 12);
  expect(summary?.test?.mean).toBeCloseTo(0.5, 12);
});

test('one seed, the same seed twice, a run at work and other settings make no group', () => {
  expect(seedGroups([run('a', 0.5), run('b', 0.6)])).toEqual([]);
  expect(seedGroups([run('a', 0.5), { ...run('b', 0.6, { seed: 2 }), status: 'running' }])).toEqual([]);
  expect(seedGroups([run('a', 0.5), run('b', 0.6, { seed: 2 }, { preset: 'compact' })])).toEqual([]);
  expect(seedGroups([run('a', 0.5), { ...run('b', 0.6, { seed: 2 }), dataset: { id: 'other', name: 'other.csv' } }])).toEqual([]);
});

test('how many repeats were asked for does not part runs', () => {
  const alone = run('b', 0.6, {}, { training: { ...training, seed: 9, repeats: 1 } });
  expect(seedGroups([run('a', 0.5), alone])).toHaveLength(1);
});

test('a figure that one run lacks has no mean', () => {
  const runs = [run('a', 0.5), { ...run('b', 0.6, { seed: 2 }), test: null }];
  expect(spreadOver(runs, testAccuracy)).toBeNull();
  expect(spreadOver(runs, validationAccuracy)?.mean).toBeCloseTo(0.55, 12);
  expect(spreadOver([], testAccuracy)).toBeNull();
});

test('folds of one start stand together in order, each with its seeds; seeds of different folds do not mix', () => {
  const folds = (seed: number) => [run(`b${seed}`, 0.6, { seed, fold: 1, folds: 3 }), run(`a${seed}`, 0.4, { seed, fold: 0, folds: 3 })];
  const runs = [...folds(1), ...folds(2), run('plain', 0.9)];
  const [group, ...others] = foldGroups(runs);
  expect(others).toEqual([]);
  expect(group?.asked).toBe(3);
  expect(group?.folds.map(({ fold, runs: seeds }) => [fold, seeds.length])).toEqual([
    [0, 2],
    [1, 2],
  ]);
  const spread = group && spreadOverFolds(group, validationAccuracy);
  expect(spread?.mean).toBeCloseTo(0.5, 12);
  expect(spread?.deviation).toBeCloseTo(Math.SQRT2 / 10, 12);
  expect(seedGroups(runs).map((seeds) => seeds.map((seed) => seed.job.data.fold))).toEqual([
    [1, 1],
    [0, 0],
  ]);
});

test('a single fold is no walk-forward evaluation', () => {
  expect(foldGroups([run('a', 0.5, { folds: 3 })])).toEqual([]);
});
