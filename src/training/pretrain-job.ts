/** Pre-training of a frozen base as a run of its own: steps, an error over masked bars each epoch, and weights that a later run starts from. */
import * as tf from '@tensorflow/tfjs';
import { kernelMode } from '../kernels/mode.ts';
import { createStopwatch } from '../lib/stopwatch.ts';
import { countParameters } from '../models/parameter.ts';
import { unstack } from '../models/state-dict.ts';
import { readParameters } from './arena.ts';
import { epochOrder } from './batch.ts';
import { captureOf } from './capture.ts';
import { type Checkpoint, readArena, restoreArena } from './checkpoint.ts';
import { createEarlyStopping, type EarlyStopping } from './early-stopping.ts';
import { type EpochTally, emptyTally } from './epoch-tally.ts';
import { createSpikeWatch, spikeIncident } from './gradient-spikes.ts';
import { type FaultAt, faultOfStep, firstNotFinite } from './number-fault.ts';
import { createPretrainEngine, type PretrainEngine, type PretrainOutcome } from './pretrain-step.ts';
import { createProgress, type ObservedEvent } from './progress.ts';
import type { EpochRecord, RunSummary } from './run.ts';
import { requireSameData, requireSameSize } from './run-checkpoint.ts';
import { endOnZeros, type RunEvent, type RunResult, type RunSetup } from './run-job.ts';
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
    startedAt: setup.resume?.run.startedAt ?? Date.now(),
    elapsedMs: setup.resume?.run.elapsedMs ?? 0,
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
  /** Sums over the windows of the present epoch; the error over masked bars is kept as the return's loss. */
  tally: EpochTally;
  /** Outcomes that have arrived and were not yielded yet. */
  readonly unseen: PretrainOutcome[];
  /** What was wrong with a step. */
  fault: FaultAt | null;
  readonly epochs: EpochRecord[];
  readonly stopping: EarlyStopping;
}

type Ended = Pick<RunSummary, 'fault'> & { readonly stoppedBy: NonNullable<RunSummary['stoppedBy']> };
type Event = ObservedEvent | { readonly type: 'settled' } | { readonly type: 'recorded'; readonly record: EpochRecord };

const stepsPerEpochOf = ({ prepared, job }: RunSetup): number => Math.ceil(prepared.windows.train.length / job.training.batchSize);

function createState({ arena }: PretrainEngine, { job, resume, prepared }: RunSetup): State {
  const from = resume?.checkpoint;
  if (resume) {
    requireSameData(resume, prepared);
    requireSameSize(resume, arena.values.size);
    restoreArena(arena, resume.checkpoint);
  }
  return {
    step: from?.step ?? 0,
    best: from?.best ? tf.tensor1d(from.best) : null,
    bestEpoch: from?.bestEpoch ?? 0,
    tally: from ? structuredClone(from.tally) : emptyTally(),
    unseen: [],
    fault: null,
    epochs: [...(from?.epochs ?? [])],
    stopping: createEarlyStopping({ ...job.training, monitor: 'loss' }, from?.stopping),
  };
}

/** Folds in what has arrived. A step with wrong numbers does not count, nor does any after it. */
function foldArrived(engine: PretrainEngine, state: State): FaultAt | null {
  for (const outcome of engine.arrived()) {
    if (state.fault) break;
    const found = faultOfStep(outcome);
    if (found) {
      state.fault = { ...found, step: outcome.step };
      state.step = outcome.step - 1;
      break;
    }
    const windows = outcome.rows.length;
    state.tally.count += windows;
    state.tally.returnLoss += outcome.loss * windows;
    state.tally.gradientNorm += outcome.gradientNorm * windows;
    state.unseen.push(outcome);
  }
  return state.fault;
}

/** Call only between two pulls of the loop. */
async function checkpointOf(engine: PretrainEngine, state: State): Promise<Checkpoint> {
  await engine.settle();
  foldArrived(engine, state);
  const { step, bestEpoch, best, epochs, stopping, tally } = state;
  return {
    ...(await readArena(engine.arena)),
    ...{ step, bestEpoch, epochs: [...epochs], stopping: stopping.state(), tally: structuredClone(tally) },
    best: best && ((await best.data()) as Float32Array).slice(),
  };
}

function steppedEvent({ step, rows, loss, learningRate, gradientNorm }: PretrainOutcome, stepsPerEpoch: number) {
  const metrics = { 'train/loss': loss, 'optimizer/learningRate': learningRate, 'optimizer/gradientNorm': gradientNorm };
  return { type: 'stepped', step, epoch: Math.ceil(step / stepsPerEpoch), at: step / stepsPerEpoch, metrics, batch: { rows } } as const;
}

/** The loop itself. It yields after every step, so that pausing is not pulling. */
async function* loop(engine: PretrainEngine, setup: RunSetup, state: State, elapsedMs: () => number): AsyncGenerator<Event, Ended> {
  const { prepared, signal } = setup;
  const { training } = setup.job;
  const { train, validation } = prepared.windows;
  const stepsPerEpoch = stepsPerEpochOf(setup);
  function* seen(): Generator<Event> {
    for (let outcome = state.unseen.shift(); outcome; outcome = state.unseen.shift()) yield steppedEvent(outcome, stepsPerEpoch);
  }
  // A run that was kept right before its end ends when it is taken up again.
  if (setup.endWith) return { stoppedBy: 'not-finite', fault: setup.endWith };
  if (state.stopping.ended()) return { stoppedBy: 'early-stopping' };
  let compiled = false;
  for (let epoch = state.epochs.length; epoch < training.epochs; epoch++) {
    const order = epochOrder(train, training.seed, epoch);
    const learningRate = learningRateAt(training, epoch);
    const rowsAt = (step: number): Int32Array => {
      const first = (step % stepsPerEpoch) * training.batchSize;
      return order.slice(first, first + training.batchSize);
    };
    if (!compiled) {
      yield { type: 'compiling', done: 0, total: 1 };
      await engine.compile(rowsAt(state.step), () => {});
    }
    compiled = true;
    while (state.step < (epoch + 1) * stepsPerEpoch) {
      if (signal.aborted) break;
      await engine.take(rowsAt(state.step), state.step, learningRate);
      state.step++;
      const single = setup.single?.() ?? false;
      if (single) await engine.settle();
      const fault = foldArrived(engine, state);
      yield* seen();
      if (fault) return { stoppedBy: 'not-finite', fault: { ...fault, part: 'train', epoch: epoch + 1 } };
      if (single) yield { type: 'settled' };
    }
    await engine.settle();
    const fault = foldArrived(engine, state);
    yield* seen();
    if (fault) return { stoppedBy: 'not-finite', fault: { ...fault, part: 'train', epoch: epoch + 1 } };
    if (signal.aborted) return { stoppedBy: 'person' };
    const pass = engine.validate(validation);
    let pulled = await pass.next();
    for (; !pulled.done; pulled = await pass.next()) {
      yield { type: 'validating', epoch: epoch + 1, done: pulled.value, total: validation.length };
      if (signal.aborted) return { stoppedBy: 'person' };
    }
    const wrong = firstNotFinite([['loss', pulled.value]]);
    if (wrong) return { stoppedBy: 'not-finite', fault: { ...wrong, part: 'validation', epoch: epoch + 1, step: state.step } };
    const { stop, record } = closeEpoch(engine, state, pulled.value, learningRate, elapsedMs());
    yield { type: 'recorded', record };
    if (stop) return { stoppedBy: 'early-stopping' };
  }
  return { stoppedBy: 'epochs' };
}

/** Keeps the weights where the epoch is the best yet, and tells whether to stop early. @param error over the validation part's masked bars */
function closeEpoch(engine: PretrainEngine, state: State, error: number, learningRate: number, elapsedMs: number) {
  const windows = Math.max(1, state.tally.count);
  const metrics = {
    'train/loss': state.tally.returnLoss / windows,
    'validation/loss': error,
    'optimizer/learningRate': learningRate,
    'optimizer/gradientNorm': state.tally.gradientNorm / windows,
  };
  state.tally = emptyTally();
  const record: EpochRecord = { epoch: state.epochs.length + 1, metrics, confusion: { train: [], validation: [] }, elapsedMs };
  state.epochs.push(record);
  const { improved, stop } = state.stopping.observe(error);
  if (improved || !state.best) {
    state.best?.dispose();
    state.best = tf.tidy(() => engine.arena.values.mul(1) as tf.Tensor1D);
    state.bestEpoch = record.epoch;
  }
  return { stop, record };
}

/** Frees everything it put on the device, however it ends. */
export async function* pretrainJob(setup: RunSetup): AsyncGenerator<RunEvent, RunResult> {
  const { job, prepared, resume } = setup;
  const engine = createPretrainEngine(job, prepared);
  const stopwatch = setup.stopwatch ?? createStopwatch(resume?.run.elapsedMs);
  let state: State | null = null;
  try {
    const own = createState(engine, setup);
    state = own;
    const run = { ...startedRun(setup, engine), epochs: own.epochs.slice(), bestEpoch: own.bestEpoch };
    const past = resume && { step: resume.checkpoint.step, series: resume.series };
    const progress = createProgress({ job, prepared, stopwatch, deviceBytes: setup.deviceBytes, single: setup.single, from: past });
    const spikes = createSpikeWatch();
    let looping = true;
    setup.offer?.(
      captureOf({
        ...{ arena: engine.arena, run, stopwatch, progress, resume, trace: () => null },
        checkpoint: async () => {
          if (!looping || own.step === 0 || own.fault) return null;
          const checkpoint = await checkpointOf(engine, own);
          return own.fault ? null : { checkpoint, unseen: own.unseen.map((outcome) => steppedEvent(outcome, stepsPerEpochOf(setup))) };
        },
      }),
    );
    yield { type: 'started', run, series: resume?.series };
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
      const spike = event.type === 'stepped' && spikes(event.metrics['optimizer/gradientNorm'] ?? 0);
      if (spike) yield { type: 'noticed', incident: spikeIncident(event, spike) };
    }
    looping = false;
    const { stoppedBy, fault } = pulled.value;
    endOnZeros(fault, setup);
    const weights = await readParameters(engine.arena, state.best ?? engine.arena.values);
    const finished: RunSummary = {
      ...run,
      status: stoppedBy === 'person' ? 'stopped' : stoppedBy === 'not-finite' ? 'failed' : 'finished',
      elapsedMs: stopwatch.elapsedMs(),
      epochs: state.epochs,
      bestEpoch: state.bestEpoch,
      stoppedBy,
      fault,
    };
    return { run: finished, weights: weights.flatMap(({ spec, values }) => unstack(spec, values)), extras: [] };
  } finally {
    state?.best?.dispose();
    engine.dispose();
  }
}
