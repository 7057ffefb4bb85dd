/** The one place where an event of the worker changes what the page knows: (state, event) → state, pure and exhaustive. */
import type { Failure } from '../lib/errors.ts';
import type { RunSummary } from '../training/run.ts';
import { appendPoints, type Series } from '../training/series.ts';
import type { Event } from '../worker/protocol.ts';
import { bounded } from './bounded.ts';
import type { FailureScope, RunView, State } from './state.ts';

const without = <V>(record: Readonly<Record<string, V>>, key: string): Record<string, V> => {
  const { [key]: _removed, ...rest } = record;
  return rest;
};

/** The state with the failure of one scope forgotten. */
export function clearFailure(state: State, scope: FailureScope): State {
  if (!state.failures[scope]) return state;
  const { [scope]: _removed, ...failures } = state.failures;
  return { ...state, failures };
}

function withRun(state: State, runId: string, change: (view: RunView) => RunView): State {
  const view = state.runs[runId];
  return view ? { ...state, runs: { ...state.runs, [runId]: change(view) } } : state;
}

/** A run's newest record; its curve stays. A run not seen before goes to the end of the order. */
function withSummary(state: State, summary: RunSummary, series: Series = state.runs[summary.job.runId]?.series ?? {}): State {
  const { runId } = summary.job;
  return {
    ...state,
    runs: { ...state.runs, [runId]: { summary, series } },
    runOrder: state.runOrder.includes(runId) ? state.runOrder : [...state.runOrder, runId],
  };
}

/** The run at the end of the order, so that it is the one shown; curves by step that are here already stay. */
function withImported(state: State, { run, series, known, ignored }: Extract<Event, { type: 'imported' }>): State {
  const { runId } = run.job;
  const own = state.runs[runId]?.series ?? {};
  const importing = { name: null, question: null, opened: { runId, known, ignored } };
  const runs = { ...state.runs, [runId]: { summary: run, series: hasPoints(own) ? own : series } };
  return { ...state, importing, runs, runOrder: [...state.runOrder.filter((id) => id !== runId), runId] };
}

const hasPoints = (series: Series): boolean => Object.keys(series).length > 0;

const withStatus = (state: State, runId: string, status: RunSummary['status']): State =>
  withRun(state, runId, (view) => ({ ...view, summary: { ...view.summary, status } }));

function withoutRun(state: State, runId: string): State {
  return { ...state, runs: without(state.runs, runId), runOrder: state.runOrder.filter((id) => id !== runId) };
}

const idle = (state: State): State => ({
  ...state,
  queue: [],
  activeRunId: null,
  paused: false,
  stopping: false,
  progress: null,
  waiting: null,
});

/** What was asked of the worker beside training, and will never be answered. */
const unasked = {
  reading: null,
  preparing: false,
  auditing: false,
  applying: null,
  measuring: false,
  predicting: null,
  attending: false,
} as const;

/** The worker is gone and another is on its way: the queue waits for it, everything else that was under way is dropped. */
export function loseEngine(state: State): State {
  if (state.watching) return { ...watchEnded(state), ...unasked };
  const waiting = state.queue.length > 0 || state.activeRunId !== null ? ({ reason: 'worker' } as const) : null;
  return { ...state, ...unasked, stopping: false, waiting };
}

function fail(state: State, scope: FailureScope, failure: Failure): State {
  const failures = { ...state.failures, [scope]: failure };
  // The engine is gone: whatever was under way will send no further event.
  if (failure.code === 'worker-failed') {
    const ended = state.activeRunId ? withStatus(state, state.activeRunId, 'failed') : state;
    return { ...idle(ended), ...unasked, failures };
  }
  if (scope === 'load') {
    // Cancelling was the person's wish: nothing to report.
    if (failure.code === 'reading-cancelled') return { ...state, reading: null };
    return { ...state, reading: null, refusedFile: state.reading?.name ?? null, failures };
  }
  if (scope === 'import') return { ...state, importing: { ...state.importing, name: null }, failures };
  if (scope === 'applyWeights') return { ...state, applying: null, failures };
  if (scope === 'predict') return { ...state, predicting: null, attending: false, failures };
  if (scope === 'audit') return { ...state, auditing: false, failures };
  if (scope === 'prepare') return { ...state, preparing: false, prepared: null, survey: null, audit: null, failures };
  if (scope === 'train' && state.measuring) return { ...state, measuring: false, failures };
  // Nothing was running: the order itself was refused. If others follow, `queued` says so.
  if (scope === 'train' && state.activeRunId === null) return { ...state, queue: [], failures };
  return { ...state, failures };
}

/** A training of another page is no longer shown as if it were here; what ended of it stays. */
function watchEnded(state: State): State {
  const { activeRunId } = state;
  const next = activeRunId === null ? state : withoutRun(state, activeRunId);
  return { ...idle(next), watching: false };
}

/** Jobs of the present queue that have had their run: the worker names only those still to do. */
const endedJobs = (state: State, ahead: State['queue']): State['queue'] =>
  state.queue.filter(({ runId }) => state.runs[runId] && !ahead.some((job) => job.runId === runId));

/** What the page knows after an event. */
export function reduce(state: State, event: Event): State {
  switch (event.type) {
    case 'ready':
      return event.runs.reduce((known, run) => withSummary(known, run), clearFailure({ ...state, device: event.device }, 'device'));
    case 'readingProgressed': {
      const { bytes, total, rows } = event;
      return state.reading ? { ...state, reading: { ...state.reading, bytes, total, rows } } : state;
    }
    case 'previewed':
      return clearFailure(state.draft ? { ...state, draft: { ...state.draft, preview: event.preview } } : state, 'preview');
    case 'loaded':
      return clearFailure(
        { ...state, reading: null, dataset: event.dataset, draft: null, prepared: null, survey: null, audit: null },
        'load',
      );
    case 'baseLoaded':
      return clearFailure({ ...state, baseFile: event.base }, 'train');
    case 'prepared':
      return clearFailure({ ...state, prepared: event.prepared, preparing: false, audit: null }, 'prepare');
    case 'surveyed':
      return { ...state, survey: event.survey };
    case 'audited':
      return clearFailure({ ...state, audit: event.audit, auditing: false }, 'audit');
    case 'certified':
      return { ...state, device: event.device, certificate: event.certificate };
    case 'deviceChanged':
      return { ...state, device: event.device };
    case 'queued':
      return { ...state, queue: [...endedJobs(state, event.jobs), ...event.jobs] };
    case 'started':
      return {
        ...withSummary(state, event.run, event.series),
        activeRunId: event.run.job.runId,
        paused: false,
        stopping: false,
        progress: null,
        waiting: null,
      };
    case 'progressed': {
      const { progress } = event;
      const next = withRun(state, progress.runId, (view) => ({ ...view, series: appendPoints(view.series, progress.points) }));
      return { ...next, progress, waiting: null };
    }
    case 'waiting':
      return { ...state, waiting: { reason: 'device', attempt: event.attempt, delayMs: event.delayMs } };
    case 'noticed':
      return withRun(state, event.runId, (view) => ({ ...view, summary: { ...view.summary, incidents: event.incidents } }));
    case 'beat':
      return state;
    case 'evaluated':
      return withRun(state, event.runId, (view) => {
        const epochs = [...view.summary.epochs.filter((known) => known.epoch < event.epoch.epoch), event.epoch];
        return { ...view, summary: { ...view.summary, epochs, bestEpoch: event.bestEpoch } };
      });
    case 'paused':
      return { ...withStatus(state, event.runId, 'paused'), paused: true };
    case 'resumed':
      return { ...withStatus(state, event.runId, 'running'), paused: false };
    case 'finished': {
      const next = withSummary(state, event.run);
      return state.activeRunId === event.run.job.runId
        ? { ...next, activeRunId: null, paused: false, stopping: false, progress: null, waiting: null }
        : next;
    }
    case 'queueEnded':
      return idle(state);
    case 'interrupted':
      return { ...state, interrupted: event.runs };
    case 'keepingChanged':
      return { ...state, notKept: event.refused };
    case 'watching': {
      const { run, series, paused, jobs } = event;
      const next = withSummary(idle(state), { ...run, status: paused ? 'paused' : 'running' }, series);
      return { ...next, watching: true, activeRunId: run.job.runId, paused, queue: jobs };
    }
    case 'watched':
      return reduce(state, event.event);
    case 'watchEnded':
      return watchEnded(state);
    case 'exported':
      return clearFailure(state, 'export');
    case 'imported':
      return clearFailure(withImported(state, event), 'import');
    case 'importAsked':
      return clearFailure({ ...state, importing: { name: null, question: event.question, opened: null } }, 'import');
    case 'applyingProgressed':
      return { ...state, applying: { done: event.done, total: event.total } };
    case 'weightsApplied':
      return clearFailure({ ...state, applying: null, applied: event.prediction }, 'applyWeights');
    case 'runDeleted':
      return withoutRun(state, event.runId);
    case 'measured':
      return clearFailure(
        { ...state, measuring: false, stepTimes: { settings: JSON.stringify(state.settings), stepMs: event.stepMs } },
        'train',
      );
    case 'annotated':
      return withRun(state, event.runId, (view) => ({ ...view, summary: { ...view.summary, ...event.notes } }));
    case 'predicting':
      return { ...state, predicting: { done: event.done, total: event.total } };
    case 'predicted':
      return clearFailure({ ...state, predicting: null, prediction: event.prediction }, 'predict');
    case 'recalled':
      return { ...state, recalled: { runId: event.runId, bars: event.bars } };
    case 'validated': {
      const { runId, epoch, bars } = event;
      return { ...state, validated: { runId, epoch, bars } };
    }
    case 'seriesRead':
      return withRun(state, event.runId, (view) => (hasPoints(view.series) ? view : { ...view, series: bounded(event.series) }));
    case 'attended':
      return clearFailure({ ...state, attending: false, attention: event.view }, 'predict');
    case 'failed':
      return fail(state, event.scope, event.failure);
    default:
      return event satisfies never;
  }
}
