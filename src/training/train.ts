/**
 * The training loop as an async generator: it yields after every step and evaluation, so that pausing is not pulling and
 * stopping is a signal. No mathematics and no messages in here.
 */
import * as tf from '@tensorflow/tfjs';
import type { Prepared } from '../data/prepared.ts';
import { type Batch, epochOrder, makeBatch } from './batch.ts';
import { type Checkpoint, readArena, restoreArena } from './checkpoint.ts';
import { createEarlyStopping } from './early-stopping.ts';
import type { Engine } from './engine.ts';
import { recordEpoch, stepMetrics } from './epoch-record.ts';
import { addStep, type EpochTally, emptyTally } from './epoch-tally.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import type { Predictions } from './metrics.ts';
import { type FaultAt, faultOfEvaluation, faultOfStep } from './number-fault.ts';
import type { EpochRecord, Metrics, NumberFault } from './run.ts';
import { learningRateAt } from './schedule.ts';
import type { StepOutcome } from './step-outcome.ts';
import { createStepper, type Stepper } from './stepper.ts';

export type TrainEvent =
  /** The device's programs are being compiled, before the first step. */
  | { readonly type: 'compiling'; readonly done: number; readonly total: number }
  | {
      readonly type: 'stepped';
      readonly step: number;
      readonly epoch: number;
      readonly at: number;
      readonly metrics: Metrics;
      readonly batch: Batch;
    }
  /** Every step taken has arrived and was yielded; only while a person goes step by step, or has asked for a pause. */
  | { readonly type: 'settled' }
  | { readonly type: 'validating'; readonly epoch: number; readonly done: number; readonly total: number }
  | { readonly type: 'evaluated'; readonly record: EpochRecord; readonly bestEpoch: number; readonly predictions: Predictions };

export type StopReason = 'epochs' | 'early-stopping' | 'person' | 'not-finite';

export interface TrainResult {
  readonly stoppedBy: StopReason;
  /** Only where numbers ended it. */
  readonly fault?: NumberFault | undefined;
  /** 1-based; 0 where no epoch was evaluated. */
  readonly bestEpoch: number;
}

export interface TrainOptions {
  readonly signal: AbortSignal;
  /** Milliseconds of training so far, without pauses. */
  readonly elapsedMs: () => number;
  readonly from?: Checkpoint | undefined;
  /** True while a person goes step by step or waits for a pause: a step is then waited for, and `settled` follows it. */
  readonly single?: (() => boolean) | undefined;
  /** Takes no further step, and ends for this reason. */
  readonly endWith?: NumberFault | undefined;
}

/** Run state that the loop changes; `checkpointOf` reads it between steps. */
export interface TrainState {
  /** Steps taken; under fused kernels the last few may not have arrived yet. */
  step: number;
  readonly stepper: Stepper;
  /** Steps that have arrived and were not yielded yet. */
  readonly unseen: StepOutcome[];
  bestEpoch: number;
  /** Weights of the best epoch, at the end of a run without one the last good ones. `[P]`, the caller disposes. */
  best: tf.Tensor1D | null;
  tally: EpochTally;
  /** What was wrong with a step: the weights are the last good ones, and the next pull ends the run. */
  fault: FaultAt | null;
  readonly epochs: EpochRecord[];
  readonly stopping: ReturnType<typeof createEarlyStopping>;
}

export function createTrainState(engine: Engine, from?: Checkpoint): TrainState {
  if (from) restoreArena(engine.arena, from);
  return {
    step: from?.step ?? 0,
    stepper: createStepper(engine),
    unseen: [],
    bestEpoch: from?.bestEpoch ?? 0,
    best: from?.best ? tf.tensor1d(from.best) : null,
    tally: from ? structuredClone(from.tally) : emptyTally(),
    fault: null,
    epochs: [...(from?.epochs ?? [])],
    stopping: createEarlyStopping(engine.training, from?.stopping),
  };
}

/** Frees what the state holds on the device; `best` stays the caller's. */
export const disposeTrainState = (state: TrainState): void => state.stepper.dispose();

/** Folds in what has arrived. A step with wrong numbers does not count, nor does any after it. */
function foldArrived(state: TrainState): FaultAt | null {
  for (const outcome of state.stepper.arrived()) {
    if (state.fault) break;
    const found = faultOfStep(outcome);
    if (found) {
      state.fault = { ...found, step: outcome.step };
      state.step = outcome.step - 1;
      break;
    }
    addStep(state.tally, outcome);
    state.unseen.push(outcome);
  }
  return state.fault;
}

/**
 * Call only between two pulls of the generator. Steps under way are waited for; their events are yielded at the next pull, and are in
 * `state.unseen` until then. Of a state with a fault nothing can go on.
 */
export async function checkpointOf(engine: Engine, state: TrainState): Promise<Checkpoint> {
  await state.stepper.settle();
  foldArrived(state);
  return {
    ...(await readArena(engine.arena)),
    step: state.step,
    bestEpoch: state.bestEpoch,
    best: state.best && ((await state.best.data()) as Float32Array).slice(),
    epochs: [...state.epochs],
    stopping: state.stopping.state(),
    tally: structuredClone(state.tally),
  };
}

/** A real copy: tensors share buffers, and later kernels update in place. */
const copyOf = (values: tf.Tensor1D): tf.Tensor1D => tf.tidy(() => values.mul(1));

export async function* train(
  engine: Engine,
  prepared: Prepared,
  state: TrainState,
  options: TrainOptions,
): AsyncGenerator<TrainEvent, TrainResult> {
  const { training } = engine;
  const stepsPerEpoch = Math.ceil(prepared.windows.train.length / training.batchSize);
  const end = (stoppedBy: StopReason, fault?: NumberFault): TrainResult => {
    state.best ??= copyOf(engine.arena.values);
    return { stoppedBy, bestEpoch: state.bestEpoch, fault };
  };
  const batchAt = (step: number, order: Int32Array): Batch => {
    const first = (step % stepsPerEpoch) * training.batchSize;
    return makeBatch(prepared, order.slice(first, first + training.batchSize), engine.classWeights, training, step);
  };
  function* seen(): Generator<TrainEvent> {
    // One at a time: a caller that stops pulling finds the rest still unseen.
    for (let outcome = state.unseen.shift(); outcome; outcome = state.unseen.shift()) yield steppedEvent(engine, prepared, outcome);
  }
  // A run that was kept right before its end ends when it is taken up again.
  if (options.endWith) return end('not-finite', options.endWith);
  if (state.stopping.ended()) return end('early-stopping');
  let compiled = false;
  for (let epoch = state.epochs.length; epoch < training.epochs; epoch++) {
    const order = epochOrder(prepared.windows.train, training.seed, epoch);
    const learningRate = learningRateAt(training, epoch);
    if (!compiled) yield* compile(state, batchAt(state.step, order));
    compiled = true;
    while (state.step < (epoch + 1) * stepsPerEpoch) {
      if (options.signal.aborted) break;
      await state.stepper.take(batchAt(state.step, order), state.step, learningRate);
      state.step++;
      const single = options.single?.() ?? false;
      if (single) await state.stepper.settle();
      const fault = foldArrived(state);
      yield* seen();
      if (fault) return end('not-finite', { ...fault, part: 'train', epoch: epoch + 1 });
      if (single) yield { type: 'settled' };
    }
    await state.stepper.settle();
    const fault = foldArrived(state);
    yield* seen();
    if (fault) return end('not-finite', { ...fault, part: 'train', epoch: epoch + 1 });
    if (options.signal.aborted) return end('person');
    const evaluation = yield* validate(engine, prepared, epoch + 1, options.signal);
    if (!evaluation) return end('person');
    const wrong = faultOfEvaluation(evaluation);
    if (wrong) return end('not-finite', { ...wrong, part: 'validation', epoch: epoch + 1, step: state.step });
    const record = recordEpoch(engine, prepared, epoch + 1, state.tally, evaluation, learningRate, options.elapsedMs());
    const stop = closeEpoch(engine, state, record);
    yield { type: 'evaluated', record, bestEpoch: state.bestEpoch, predictions: evaluation.predictions };
    if (stop) return end('early-stopping');
  }
  return end('epochs');
}

/** What is told of a step that has arrived. */
export function steppedEvent(engine: Engine, prepared: Prepared, outcome: StepOutcome): Extract<TrainEvent, { type: 'stepped' }> {
  const { step, batch } = outcome;
  const at = step / Math.ceil(prepared.windows.train.length / engine.training.batchSize);
  return { type: 'stepped', step, epoch: Math.ceil(at), at, metrics: stepMetrics(engine, prepared, outcome), batch };
}

/** Yields progress while the device's programs are compiled. */
async function* compile(state: TrainState, batch: Batch): AsyncGenerator<TrainEvent, void> {
  let latest = { done: 0, total: 0 };
  let changed: () => void = () => {};
  let finished = false;
  const compiled = state.stepper
    .compile(batch, (done, total) => {
      latest = { done, total };
      changed();
    })
    .finally(() => {
      finished = true;
      changed();
    });
  // A failure surfaces at the await below, not as an unhandled rejection.
  compiled.catch(() => {});
  while (!finished) {
    await new Promise<void>((resolve) => {
      changed = resolve;
      if (finished) resolve();
    });
    if (latest.total > 0) yield { type: 'compiling', ...latest };
  }
  await compiled;
}

/** Null when the person stopped in between. */
async function* validate(
  engine: Engine,
  prepared: Prepared,
  epoch: number,
  signal: AbortSignal,
): AsyncGenerator<TrainEvent, Evaluation | null> {
  const windows = prepared.windows.validation;
  const pass = evaluate(engine, prepared, windows);
  for (;;) {
    const pulled = await pass.next();
    if (pulled.done) return pulled.value;
    yield { type: 'validating', epoch, done: pulled.value, total: windows.length };
    if (signal.aborted) return null;
  }
}
/** Keeps the weights where the epoch is the best yet, and tells whether to stop early. */
function closeEpoch(engine: Engine, state: TrainState, record: EpochRecord): boolean {
  state.epochs.push(record);
  state.tally = emptyTally();
  const watched = record.metrics[engine.training.monitor === 'loss' ? 'validation/loss' : 'validation/accuracy'] as number;
  const { improved, stop } = state.stopping.observe(watched);
  if (improved || state.best === null) {
    state.best?.dispose();
    state.best = copyOf(engine.arena.values);
    state.bestEpoch = record.epoch;
  }
  return stop;
}
