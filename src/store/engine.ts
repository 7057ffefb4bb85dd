/**
 * The worker as the page has it: one at a time, started anew where it falls silent or breaks, and then given back the data, the run that was
 * at work (from its newest checkpoint) and the jobs that waited.
 */
import type { Failure } from '../lib/errors.ts';
import { type Client, connect } from '../worker/client.ts';
import type { BackendName, Command, Event, InjectedFault } from '../worker/protocol.ts';
import { loseEngine, reduce } from './reduce.ts';
import { isTraining, type State } from './state.ts';
import { useStudio } from './store.ts';

/** The files that a worker was given: the one last asked for, the one that the data set came from (the first may have been refused), and the base. */
export const files: { asked: File | null; loaded: File | null; base: File | null } = { asked: null, loaded: null, base: null };

/** So many workers in a row may die without a step of progress; the next one is not replaced. */
const mostDeaths = 4;

export interface EngineWish {
  readonly backend: BackendName | null;
  readonly kernels: 'fused' | 'reference';
  readonly faults: readonly InjectedFault[];
}

let client: Client | null = null;
let deaths = 0;
/** Optimizer steps that the active run had reported when its worker died. */
let diedAt = 0;

export const update = (change: (state: State) => State): void => useStudio.setState(change, true);

export function post(command: Command): void {
  client?.post(command);
}

/** Starts the worker with the wanted engine. Call once. @param receive gets every event after it was folded into the store */
export function startEngine(wish: EngineWish, receive: (event: Event) => void): void {
  const hear = (event: Event): void => {
    if (event.type === 'progressed' && event.progress.step > diedAt) deaths = 0;
    update((state) => reduce(state, event));
    receive(event);
  };
  const fail = (failure: Failure): void => update((state) => reduce(state, { type: 'failed', scope: 'device', failure }));
  const begin = (onEvent: (event: Event) => void, faults: readonly InjectedFault[]): void => {
    // A worker that was given up for nothing would be given up again: its successor is given more time.
    client = connect({ onEvent, onFailure: fail, onDeath: replace, patience: 2 ** Math.max(0, deaths - 1) });
    post({ type: 'configure', backend: wish.backend, kernels: wish.kernels, faults });
  };
  const replace = (): void => {
    client?.terminate();
    client = null;
    const state = useStudio.getState();
    diedAt = Math.max(diedAt, state.progress?.step ?? 0);
    deaths++;
    if (deaths > mostDeaths) {
      fail({ code: 'worker-failed', parameters: {}, detail: `${deaths} workers in a row` });
      return;
    }
    update(loseEngine);
    begin(givingBack(state, hear, fail), []);
  };
  begin(hear, wish.faults);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') post({ type: 'seen' });
  });
}

/** Listens for a fresh worker, and gives it what the one before had at the time of `state`. */
function givingBack(state: State, hear: (event: Event) => void, fail: (failure: Failure) => void): (event: Event) => void {
  const { dataset, queue, runs, paused, certificate } = state;
  const done = (runId: string): boolean => {
    const status = runs[runId]?.summary.status;
    return status === 'finished' || status === 'stopped' || status === 'failed';
  };
  const jobs = queue.filter(({ runId }) => !done(runId));
  const takeOver = (): void => {
    if (state.watching) post({ type: 'watch', on: true });
    else if (isTraining(state)) post({ type: 'takeOver', jobs, paused, certificate });
  };
  let given = false;
  return (event) => {
    hear(event);
    if (event.type === 'ready') {
      if (files.base) post({ type: 'loadBase', file: files.base });
      if (files.loaded && dataset) post({ type: 'load', file: files.loaded, ...dataset.choices });
      else takeOver();
    }
    if (given || !files.loaded) return;
    if (event.type === 'loaded') {
      given = true;
      takeOver();
    }
    if (event.type === 'failed' && event.scope === 'load') {
      given = true;
      fail({ code: 'worker-failed', parameters: {}, detail: event.failure.detail });
    }
  };
}
