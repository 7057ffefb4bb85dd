/** Pre-training of a frozen base as a run of its own: steps, an error over masked bars each epoch, and weights that a later run starts from. */
import * as tf from '@tensorflow/tfjs';
import { kernelMode } from '../kernels/mode.ts';
import { createStopwatch } from '../lib/stopwatch.ts';
import { countParameters } from '../models/parameter.ts';
import { unstack } from '../models/state-dict.ts';
import { readParameters } from './arena.ts';
import { epochOrder } from './batch.ts';
import { createEarlyStopping } from './early-stopping.ts';
import { createPretrainEngine, type PretrainEngine, type PretrainOutcome } from './pretrain-step.ts';
import { createProgress, type ObservedEvent } from './progress.ts';
import type { EpochRecord, RunSummary } from './run.ts';
import type { RunEvent, RunResult, RunSetup } from './run-job.ts';
import { learningRateAt } from './schedule.ts';

function startedRun({ job, prepared, ...setup }: RunSetup, { arena }: PretrainEngine): RunSummary {
  return {
    job,
    status: 'running',
    dataset: setup.dataset,
    prepared: prepared.summary,
    parameters: countParameters(arena.specs),
    adapter: setup.adapter,
    backend: setup.backend,
    kernels: kernelMode(),
    certificate: setup.certificate,
    audit: setup.audit,
    startedAt: Date.now(),
    elapsedMs: 0,
    epochs: [],
    bestEpoch: 0,
    stoppedBy: null,
    baselines: [],
    test: null,
    warnings: [],
  };
}

interface State {
  step: number;
  best: tf.Tensor1D | null;
  bestEpoch: number;
  readonly epochs: EpochRecord[];
}

type Ended = NonNullable<RunSummary['stoppedBy']>;
type Event = ObservedEvent | { readonly type: 'settled' } | { readonly type: 'recorded'; readonly record: EpochRecord };

/** The loop itself. It yields after every step, so that pausing is not pulling. */
async function* loop(engine: PretrainEngine, setup: RunSetup, state: State, elapsedMs: () => number): AsyncGenerator<Event, Ended> {
  const { prepared, signal } = setup;
  const { training } = setup.job;
  const { train, validation } = prepared.windows;
  const stepsPerEpoch = Math.ceil(train.length / training.batchSize);
  const stopping = createEarlyStopping({ ...training, monitor: 'loss' });
  let taken: PretrainOutcome[] = [];
  function* seen(): Generator<Event, boolean> {
    for (const outcome of engine.arrived()) {
      if (!outcome.applied) return false;
      taken.push(outcome);
      const { step, rows, loss, learningRate, gradientNorm } = outcome;
      const metrics = { 'train/loss': loss, 'optimizer/learningRate': learningRate, 'optimizer/gradientNorm': gradientNorm };
      yield { type: 'stepped', step, epoch: Math.ceil(step / stepsPerEpoch), at: step / stepsPerEpoch, metrics, batch: { rows } };
    }
    return true;
  }
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    const order = epochOrder(train, training.seed, epoch);
    const learningRate = learningRateAt(training, epoch);
    const rowsAt = (step: number): Int32Array => order.slice(step * training.batchSize, (step + 1) * training.batchSize);
    if (epoch === 0) {
      yield { type: 'compiling', done: 0, total: 1 };
      await engine.compile(rowsAt(0), () => {});
    }
    for (let step = 0; step < stepsPerEpoch; step++) {
      if (signal.aborted) break;
      await engine.take(rowsAt(step), state.step++, learningRate);
      const single = setup.single?.() ?? false;
      if (single) await engine.settle();
      if (!(yield* seen())) return 'not-finite';
      if (single) yield { type: 'settled' };
    }
    await engine.settle();
    if (!(yield* seen())) return 'not-finite';
    if (signal.aborted) return 'person';
    const pass = engine.validate(validation);
    let pulled = await pass.next();
    for (; !pulled.done; pulled = await pass.next()) {
      yield { type: 'validating', epoch: epoch + 1, done: pulled.value, total: validation.length };
      if (signal.aborted) return 'person';
    }
    const windows = taken.reduce((sum, { rows }) => sum + rows.length, 0);
    const mean = (of: (outcome: PretrainOutcome) => number): number =>
      taken.reduce((sum, outcome) => sum + of(outcome) * outcome.rows.length, 0) / Math.max(1, windows);
    const metrics = {
      'train/loss': mean(({ loss }) => loss),
      'validation/loss': pulled.value,
      'optimizer/learningRate': learningRate,
      'optimizer/gradientNorm': mean(({ gradientNorm }) => gradientNorm),
    };
    taken = [];
    const record = { epoch: epoch + 1, metrics, confusion: { train: [], validation: [] }, elapsedMs: elapsedMs() };
    state.epochs.push(record);
    const { improved, stop } = stopping.observe(pulled.value);
    if (improved || !state.best) {
      state.best?.dispose();
      state.best = tf.tidy(() => engine.arena.values.mul(1) as tf.Tensor1D);
      state.bestEpoch = record.epoch;
    }
    yield { type: 'recorded', record };
    if (stop) return 'early-stopping';
  }
  return 'epochs';
}

/** Frees everything it put on the device, however it ends. */
export async function* pretrainJob(setup: RunSetup): AsyncGenerator<RunEvent, RunResult> {
  const engine = createPretrainEngine(setup.job, setup.prepared);
  const state: State = { step: 0, best: null, bestEpoch: 0, epochs: [] };
  const stopwatch = setup.stopwatch ?? createStopwatch();
  try {
    const run = startedRun(setup, engine);
    yield { type: 'started', run };
    const progress = createProgress(setup.job, setup.prepared, stopwatch, setup.deviceBytes, setup.single);
    const events = loop(engine, setup, state, stopwatch.elapsedMs);
    let pulled = await events.next();
    for (; !pulled.done; pulled = await events.next()) {
      setup.checkErrors();
      const event = pulled.value;
      if (event.type === 'settled') {
        yield event;
        continue;
      }
      if (event.type === 'recorded') {
        const due = progress.observe({ type: 'evaluated', record: event.record, bestEpoch: state.bestEpoch });
        if (due) yield { type: 'progressed', progress: due };
        yield { type: 'evaluated', epoch: event.record, bestEpoch: state.bestEpoch };
        continue;
      }
      const due = progress.observe(event);
      if (due) yield { type: 'progressed', progress: due };
    }
    const stoppedBy = pulled.value;
    const weights = await readParameters(engine.arena, state.best ?? engine.arena.values);
    const finished: RunSummary = {
      ...run,
      status: stoppedBy === 'person' ? 'stopped' : stoppedBy === 'not-finite' ? 'failed' : 'finished',
      elapsedMs: stopwatch.elapsedMs(),
      epochs: state.epochs,
      bestEpoch: state.bestEpoch,
      stoppedBy,
    };
    return { run: finished, weights: weights.flatMap(({ spec, values }) => unstack(spec, values)), extras: [] };
  } finally {
    state.best?.dispose();
    engine.dispose();
  }
}
