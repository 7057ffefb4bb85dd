/** One run from job to result: baselines, training with progress, the test part with the best weights, weights to the host. */
import type * as tf from '@tensorflow/tfjs';
import type { AuditReport } from '../data/audit-report.ts';
import type { HealthDocument } from '../data/health-document.ts';
import type { Prepared } from '../data/prepared.ts';
import { releasePool } from '../kernels/launch/backend-access.ts';
import { kernelMode } from '../kernels/mode.ts';
import { StudioError } from '../lib/errors.ts';
import { createStopwatch, type Stopwatch } from '../lib/stopwatch.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import { countParameters } from '../models/parameter.ts';
import { unstack } from '../models/state-dict.ts';
import { initialValues, readParameters } from './arena.ts';
import { type BaseSource, baseValues, recordBase } from './base-weights.ts';
import { computeBaselines } from './baselines.ts';
import { captureOf } from './capture.ts';
import type { Checkpoint } from './checkpoint.ts';
import { createEngine, type Engine, gatherInput } from './engine.ts';
import { lossMetrics, withPrefix } from './epoch-tally.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { createSpikeWatch, spikeIncident } from './gradient-spikes.ts';
import { blockLengthFor, bootstrapInterval } from './interval.ts';
import type { Job } from './job.ts';
import { calibrationOf, hitsOf, scorePredictions } from './metrics.ts';
import { newestAnswers, type TimedAnswers } from './newest-answers.ts';
import { createProgress } from './progress.ts';
import type { Certificate, EpochRecord, Incident, NumberFault, Progress, RunSummary, StartRecord, TestResult } from './run.ts';
import { type Capture, type RunCheckpoint, requireSameData, requireSameSize } from './run-checkpoint.ts';
import type { Series } from './series.ts';
import type { StartSource } from './start-weights.ts';
import { isKept, restoreCheckpoint, storeCheckpoint } from './stored-checkpoint.ts';
import { storePredictions } from './stored-predictions.ts';
import { createTraceRecorder } from './trace.ts';
import { checkpointOf, createTrainState, disposeTrainState, steppedEvent, type TrainState, train } from './train.ts';
import { warningsOf } from './warnings.ts';

export interface RunSetup {
  readonly job: Job;
  readonly prepared: Prepared;
  readonly dataset: { readonly id: string; readonly name: string };
  readonly adapter: string;
  readonly backend: string;
  readonly certificate?: Certificate | undefined;
  readonly audit?: AuditReport | undefined;
  readonly health?: HealthDocument | undefined;
  /** An earlier run that this one goes on from. */
  readonly start?: StartSource | undefined;
  /** Weights of a frozen base; without one they are random. */
  readonly base?: BaseSource | undefined;
  /** This very run as it was kept; it goes on from there, and `start` and `base` are not asked again. */
  readonly resume?: RunCheckpoint | undefined;
  /** Gets the function that takes a checkpoint, once, before the first event. It may be called between two pulls only. */
  readonly offer?: ((capture: Capture) => void) | undefined;
  /** Takes no further step, and ends for this reason with the weights that it goes on from. */
  readonly endWith?: NumberFault | undefined;
  readonly signal: AbortSignal;
  readonly stopwatch?: Stopwatch;
  /** True while a person goes step by step or waits for a pause: each step is then waited for and reported. */
  readonly single?: (() => boolean) | undefined;
  /** @throws where the device reported an error since the last call */
  readonly checkErrors: () => void;
  /** Bytes the engine holds. */
  readonly deviceBytes: () => number;
}

export type RunEvent =
  /** `series` are the curves of a run that goes on from a checkpoint. */
  | { readonly type: 'started'; readonly run: RunSummary; readonly series?: Series | undefined }
  | { readonly type: 'progressed'; readonly progress: Progress }
  /** Nothing is under way and everything has been told (see `TrainEvent`): the moment to pause at. */
  | { readonly type: 'settled' }
  | { readonly type: 'evaluated'; readonly epoch: EpochRecord; readonly bestEpoch: number }
  /** What the newest validation windows were answered at the end of an epoch; a pre-training predicts nothing. */
  | { readonly type: 'validated'; readonly epoch: number; readonly answers: TimedAnswers }
  /** Something that does not end the run. */
  | { readonly type: 'noticed'; readonly incident: Incident };

export interface RunResult {
  readonly run: RunSummary;
  /** Best weights under their state_dict names. */
  readonly weights: readonly NamedTensor[];
  /** `example.*`, `prediction.*`, `optimizer.*` (`stored-tensors.ts`), and the trace, if one was asked for. */
  readonly extras: readonly NamedTensor[];
}

const exampleCount = 16;

function startedRun(setup: RunSetup, engine: Engine): RunSummary {
  const { job, prepared } = setup;
  const parameters = countParameters(engine.model.parameters);
  return {
    job,
    status: 'running',
    dataset: setup.dataset,
    health: setup.health,
    prepared: prepared.summary,
    parameters,
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
    baselines: setup.resume?.run.baselines ?? computeBaselines(prepared, job.data.horizon, job.training.seed),
    test: null,
    warnings: warningsOf(job, prepared.summary, parameters, undefined),
  };
}

/** The state of the run that this one goes on from, or null where it begins anew. */
function checkpointFrom({ start, resume, job, prepared }: RunSetup, { arena }: Engine): Checkpoint | null {
  if (resume) {
    requireSameData(resume, prepared);
    requireSameSize(resume, arena.values.size);
    return resume.checkpoint;
  }
  if (!start) return null;
  const { epochs, bestEpoch } = start.run;
  return restoreCheckpoint(arena, arena.values.size, start.optimizer, start.values, { epochs, bestEpoch, training: job.training });
}

function recordStart({ start, resume }: RunSetup, continued: boolean): StartRecord | undefined {
  if (resume) return resume.run.start;
  if (!start) return undefined;
  return { kind: continued ? 'continued' : 'weights', source: start.run.job.runId, epochs: start.run.epochs.length };
}

/** Where a parameter's first value is from: the kept run, an earlier run, the base, or undefined for the seed. */
function knownValues({ base, job, prepared, resume, start }: RunSetup): (name: string) => Float32Array | undefined {
  if (resume) {
    const frozen = new Map(resume.frozen?.tensors.map(({ name, data }) => [name, data]));
    return (name) => frozen.get(name);
  }
  const given = base && baseValues(job, prepared.summary.featureNames, base);
  return (name) => start?.values.get(name) ?? given?.get(name);
}

/** The loop's state, at the beginning or where the run goes on; where that cannot be, the engine is freed. */
function begin(setup: RunSetup, engine: Engine): { from: Checkpoint | null; state: TrainState } {
  try {
    const from = checkpointFrom(setup, engine);
    return { from, state: createTrainState(engine, from ?? undefined) };
  } catch (thrown) {
    engine.dispose();
    throw thrown;
  }
}

/**
 * Weights of a device that computes nothing are not to be kept: what it holds is given up, for whoever has a checkpoint.
 * @throws StudioError `zero-read` with the fault as its parameters
 */
export function endOnZeros(fault: NumberFault | undefined, { endWith }: RunSetup): void {
  if (fault?.seen === 'zeros' && !endWith) throw new StudioError('zero-read', { ...fault });
}

/** Frees everything it put on the device, however it ends. */
export async function* runJob(setup: RunSetup): AsyncGenerator<RunEvent, RunResult> {
  const { base, job, prepared, resume } = setup;
  const known = knownValues(setup);
  const engine = createEngine(job, prepared, (spec) => known(spec.name) ?? initialValues(spec, job.training.seed));
  const stopwatch = setup.stopwatch ?? createStopwatch(resume?.run.elapsedMs);
  const { from, state } = begin(setup, engine);
  try {
    const run = {
      ...startedRun(setup, engine),
      base: resume ? resume.run.base : (setup.start?.run.base ?? (await recordBase(engine, base))),
      start: recordStart(setup, from !== null),
      epochs: state.epochs.slice(),
      bestEpoch: state.bestEpoch,
    };
    const { deviceBytes, single } = setup;
    const past = resume && { step: resume.checkpoint.step, series: resume.series };
    const progress = createProgress({ job, prepared, stopwatch, deviceBytes, single, from: past });
    const recorder = await createTraceRecorder(engine, job, resume?.trace);
    let looping = true;
    setup.offer?.(
      captureOf({
        ...{ arena: engine.arena, run, stopwatch, progress, resume, trace: recorder.kept },
        checkpoint: async () => {
          if (!looping || state.step === 0 || state.fault) return null;
          const checkpoint = await checkpointOf(engine, state);
          const unseen = state.unseen.map((outcome) => steppedEvent(engine, prepared, outcome));
          for (const event of unseen) await recorder.observe(event);
          return state.fault ? null : { checkpoint, unseen };
        },
      }),
    );
    yield { type: 'started', run, series: resume?.series };
    const { signal, endWith } = setup;
    const spikes = createSpikeWatch();
    const loop = train(engine, prepared, state, { signal, elapsedMs: stopwatch.elapsedMs, single, endWith });
    let pulled = await loop.next();
    for (; !pulled.done; pulled = await loop.next()) {
      setup.checkErrors();
      const event = pulled.value;
      if (event.type === 'settled') {
        yield event;
        continue;
      }
      await recorder.observe(event);
      const due = progress.observe(event);
      if (due) yield { type: 'progressed', progress: due };
      const spike = event.type === 'stepped' && spikes(event.metrics['optimizer/gradientNorm'] ?? 0);
      if (spike) yield { type: 'noticed', incident: spikeIncident(event, spike) };
      if (event.type === 'evaluated') {
        yield { type: 'evaluated', epoch: event.record, bestEpoch: event.bestEpoch };
        yield { type: 'validated', epoch: event.record.epoch, answers: newestAnswers(prepared, event.predictions) };
      }
    }
    looping = false;
    const { stoppedBy, bestEpoch, fault } = pulled.value;
    endOnZeros(fault, setup);
    const best = state.best as tf.Tensor1D;
    yield { type: 'progressed', progress: progress.testing() };
    const test = await scoreTest(engine, setup, best);
    setup.checkErrors();
    const finished: RunSummary = {
      ...run,
      status: stoppedBy === 'person' ? 'stopped' : stoppedBy === 'not-finite' ? 'failed' : 'finished',
      elapsedMs: stopwatch.elapsedMs(),
      epochs: state.epochs,
      bestEpoch,
      stoppedBy,
      fault,
      test: test.result,
      trace: recorder.trace() ?? undefined,
      warnings: warningsOf(setup.job, setup.prepared.summary, run.parameters, state.epochs[bestEpoch - 1]),
    };
    const last = isKept(engine.arena) ? storeCheckpoint(engine.arena, await checkpointOf(engine, state)) : [];
    // Room for the copy that the host reads.
    releasePool();
    const weights = (await readParameters(engine.arena, best)).flatMap(({ spec, values }) => unstack(spec, values));
    const examples = await makeExamples(engine, setup.prepared, test.evaluation);
    const predictions = storePredictions(setup.prepared, test.evaluation);
    return { run: finished, weights, extras: [...examples, ...predictions, ...last, ...recorder.tensors()] };
  } finally {
    state.best?.dispose();
    disposeTrainState(state);
    engine.dispose();
    releasePool();
  }
}

async function scoreTest(engine: Engine, setup: RunSetup, best: tf.Tensor1D): Promise<{ result: TestResult; evaluation: Evaluation }> {
  const { prepared, job } = setup;
  const pass = evaluate(engine, prepared, prepared.windows.test, best);
  let pulled = await pass.next();
  while (!pulled.done) pulled = await pass.next();
  const evaluation = pulled.value;
  const { metrics, confusion } = scorePredictions(evaluation.predictions, prepared.summary.labels.returnDeviation);
  const block = blockLengthFor(evaluation.predictions.count, job.data.horizon);
  const losses = lossMetrics('test', evaluation, job.training, evaluation.load.length > 0);
  const accuracy = bootstrapInterval(hitsOf(evaluation.predictions), block, job.training.seed);
  return {
    result: {
      metrics: { ...losses, ...withPrefix('test', metrics) },
      confusion,
      accuracy,
      calibration: calibrationOf(evaluation.predictions),
    },
    evaluation,
  };
}

/** The newest test windows with the answers already computed. */
async function makeExamples(engine: Engine, prepared: Prepared, evaluation: Evaluation): Promise<NamedTensor[]> {
  const total = prepared.windows.test.length;
  const count = Math.min(exampleCount, total);
  if (count === 0) return [];
  const input = gatherInput(engine, prepared.windows.test.slice(total - count), null);
  const data = (await input.data()) as Float32Array;
  const shape = input.shape;
  input.dispose();
  const { logits, returns } = evaluation.predictions;
  return [
    { name: 'example.input', shape, data },
    { name: 'example.logits', shape: [count, 3], data: logits.slice((total - count) * 3) },
    { name: 'example.return', shape: [count], data: returns.slice(total - count) },
  ];
}
