import { expect, test } from 'vitest';
import { exampleRun } from '../weights/fixtures/example-run.ts';
import { memoryRuns } from './memory-runs.ts';

const tensor = (value: number) => ({ name: 'a', shape: [1], data: Float32Array.of(value) });

test('keeps runs in the order of their start, replaces and forgets', async () => {
  const store = memoryRuns();
  const run = exampleRun();
  const later = exampleRun({ job: { ...run.job, runId: 'run-2' }, startedAt: run.startedAt + 1 });
  await store.save(later, [tensor(2)]);
  await store.save(run, [tensor(1)]);
  await store.save({ ...later, bestEpoch: 3 }, [tensor(3)]);
  expect((await store.list()).map(({ job, bestEpoch }) => [job.runId, bestEpoch])).toEqual([
    ['run-1', 2],
    ['run-2', 3],
  ]);
  expect(await store.weights('run-2')).toEqual([tensor(3)]);
  await store.remove('run-2');
  expect(await store.list()).toHaveLength(1);
  await expect(store.weights('run-2')).rejects.toMatchObject({ code: 'unknown-run' });
});

test('later changes of the trained weights do not reach what was saved', async () => {
  const store = memoryRuns();
  const live = tensor(1);
  await store.save(exampleRun(), [live]);
  live.data[0] = 99;
  expect((await store.weights('run-1'))[0]?.data[0]).toBe(1);
});
