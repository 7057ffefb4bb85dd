/** Runs that outlive their page, and runs of other pages, as the page knows them. */
import { describe, expect, test } from 'vitest';
import type { Series } from '../training/series.ts';
import { toyRun } from '../training/toy-run.ts';
import type { Event } from '../worker/protocol.ts';
import { reduce } from './reduce.ts';
import { canStart, initialState, isTraining, type State } from './state.ts';

const follow = (events: readonly Event[], state: State = initialState): State => events.reduce(reduce, state);
const run = toyRun('gru', 'run-1', { status: 'running', epochs: [], bestEpoch: 0 });
const point = (step: number, value: number) => ({ step, at: step, elapsedMs: step, clockMs: step, value });
const series: Series = { 'train/loss': [point(1, 3), point(2, 2)] };
const progressed = (step: number): Event => ({
  type: 'progressed',
  progress: {
    ...{ runId: 'run-1', model: 'gru', phase: 'training', compiled: null, epoch: 1, epochs: 2, step, totalSteps: 10 },
    ...{ elapsedMs: 1, etaMs: null, barsPerSecond: 1, deviceBytes: 1 },
    points: [{ step, at: step, elapsedMs: step, clockMs: step, metrics: { 'train/loss': 1 } }],
  },
});
const stepsOf = (state: State) => state.runs['run-1']?.series['train/loss']?.map(({ step }) => step);

test('a run that goes on has the curves of its checkpoint, without the steps that are taken again', () => {
  const resumed = follow([{ type: 'started', run, series }, progressed(3)]);
  expect(stepsOf(resumed)).toEqual([1, 2, 3]);
  // The device was lost after step 4; the checkpoint is from step 2.
  const again = follow([progressed(4), { type: 'started', run, series }, progressed(3)], resumed);
  expect(stepsOf(again)).toEqual([1, 2, 3]);
});

test('what the storage refuses stays until it takes a checkpoint again', () => {
  const refused = { code: 'storage-failed', parameters: { operation: 'checkpoint', reason: 'QuotaExceededError' } } as const;
  const state = follow([{ type: 'started', run }, { type: 'keepingChanged', refused }, progressed(1), { type: 'queueEnded' }]);
  expect(state.notKept).toEqual(refused);
  expect(reduce(state, { type: 'keepingChanged', refused: null }).notKept).toBeNull();
});

describe('the training of another page', () => {
  const watching = follow([
    { type: 'watching', run, series, paused: false, jobs: [run.job] },
    { type: 'watched', event: progressed(3) },
  ]);

  test('is shown as it goes on, and nothing can be started here', () => {
    expect([watching.watching, isTraining(watching), canStart(watching)]).toEqual([true, true, false]);
    expect(stepsOf(watching)).toEqual([1, 2, 3]);
    const paused = reduce(watching, { type: 'watched', event: { type: 'paused', runId: 'run-1' } });
    expect([paused.paused, paused.runs['run-1']?.summary.status]).toEqual([true, 'paused']);
  });

  test('that ends stays in the list; one that breaks off leaves nothing behind', () => {
    const finished = toyRun('gru', 'run-1');
    const ended = follow([{ type: 'watched', event: { type: 'finished', run: finished } }, { type: 'watchEnded' }], watching);
    expect(ended.runs['run-1']?.summary.status).toBe('finished');
    expect([ended.watching, isTraining(ended)]).toEqual([false, false]);
    const gone = reduce(watching, { type: 'watchEnded' });
    expect([gone.runOrder, gone.watching, isTraining(gone)]).toEqual([[], false, false]);
  });
});
