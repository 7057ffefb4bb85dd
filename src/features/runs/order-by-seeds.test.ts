import { expect, test } from 'vitest';
import { defaultJob } from '../../training/job.ts';
import { toyRun } from '../../training/toy-run.ts';
import { orderBySeeds } from './order-by-seeds.ts';

const { training } = defaultJob('x', 'gru', 'tiny');
const seeded = (runId: string, seed: number) => toyRun('gru', runId, {}, { training: { ...training, seed } });

test('seeds of one model stand together with their mean below, and no run is lost', () => {
  const rows = orderBySeeds([seeded('a', 1), toyRun('lstm', 'b'), seeded('c', 2), seeded('d', 1)]);
  const written = rows.map((row) => (row.kind === 'run' ? row.run.job.runId : row.runs.map((run) => run.job.runId)));
  expect(written).toEqual(['a', 'c', ['a', 'c'], 'b', 'd']);
});

test('without repeated seeds nothing moves', () => {
  expect(orderBySeeds([toyRun('lstm', 'b'), toyRun('gru', 'a')]).map((row) => row.kind)).toEqual(['run', 'run']);
});
