/** What the page keeps when its worker dies, and how its successor's words are folded in. */
import { expect, test } from 'vitest';
import { defaultJob } from '../training/job.ts';
import { toyRun } from '../training/toy-run.ts';
import { loseEngine, reduce } from './reduce.ts';
import { initialState, isTraining, type State } from './state.ts';

const running = (runId: string) => toyRun('gru', runId, { status: 'running', epochs: [], bestEpoch: 0 });
const point = (step: number) => ({ step, at: step / 10, elapsedMs: step, clockMs: 0, metrics: { 'train/loss': 1 / step } });
const progress = (step: number) => ({
  ...{ runId: 'a', model: 'gru' as const, phase: 'training' as const, compiled: null, epoch: 1, epochs: 2, step, totalSteps: 20 },
  ...{ elapsedMs: step, etaMs: null, barsPerSecond: 1, deviceBytes: 0, points: [point(step)] },
});

function trained(): State {
  const jobs = [defaultJob('a', 'gru', 'tiny'), defaultJob('b', 'lstm', 'tiny')];
  let state = reduce(initialState, { type: 'queued', jobs });
  state = reduce(state, { type: 'started', run: running('a') });
  for (let step = 1; step <= 9; step++) state = reduce(state, { type: 'progressed', progress: progress(step) });
  return { ...state, preparing: true, predicting: { done: 1, total: 2 }, stopping: true };
}

test('the queue, the run and its curves stay; what else was asked of it is dropped', () => {
  const lost = loseEngine(trained());
  expect(lost.waiting).toEqual({ reason: 'worker' });
  expect(isTraining(lost)).toBe(true);
  expect(lost.runs.a?.series['train/loss']).toHaveLength(9);
  expect(lost).toMatchObject({ activeRunId: 'a', preparing: false, predicting: null, stopping: false });
  expect(loseEngine(initialState).waiting).toBeNull();
});

test('a run that goes on from its checkpoint takes the curve back to there', () => {
  const lost = loseEngine(trained());
  const series = { 'train/loss': [1, 2, 3].map((step) => ({ step, at: step / 10, elapsedMs: step, clockMs: 0, value: 1 / step })) };
  const resumed = reduce(lost, { type: 'started', run: running('a'), series });
  const next = reduce(resumed, { type: 'progressed', progress: progress(4) });
  expect(next.waiting).toBeNull();
  expect(next.runs.a?.series['train/loss']?.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  expect(next.queue.map(({ runId }) => runId)).toEqual(['a', 'b']);
});

test('waiting for a device is shown until the run goes on, and what it went through stays with it', () => {
  const waiting = reduce(trained(), { type: 'waiting', runId: 'a', attempt: 2, delayMs: 2000 });
  expect(waiting.waiting).toEqual({ reason: 'device', attempt: 2, delayMs: 2000 });
  expect(reduce(waiting, { type: 'progressed', progress: progress(10) }).waiting).toBeNull();
  const incidents = [{ code: 'gradient-spikes', parameters: { step: 5, count: 1 } }];
  expect(reduce(waiting, { type: 'noticed', runId: 'a', incidents }).runs.a?.summary.incidents).toEqual(incidents);
});

test('a training of another page that is only watched is not taken over', () => {
  const lost = loseEngine({ ...trained(), watching: true });
  expect(lost).toMatchObject({ watching: false, waiting: null, activeRunId: null });
  expect(isTraining(lost)).toBe(false);
});
