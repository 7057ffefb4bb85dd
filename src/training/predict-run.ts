/** Predictions of a finished run's weights on bars: as an async generator of progress, so that messages get through in between. */

import type { Dataset } from '../data/dataset.ts';
import { prepareForModel } from '../data/prepare-for-model.ts';
import type { Prepared } from '../data/prepared.ts';
import { releasePool } from '../kernels/launch/backend-access.ts';
import { probabilitiesOf } from '../lib/class-probabilities.ts';
import { catalog } from '../models/catalog.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import { stackTensors } from '../models/state-dict.ts';
import { createEngine, type Engine } from './engine.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { type DeviceGrant, fitToDevice } from './fit-to-device.ts';
import { blockLengthFor, bootstrapInterval } from './interval.ts';
import { calibrationOf, hitsOf, type Predictions, scorePredictions } from './metrics.ts';
import type { Prediction, RouterGroup } from './prediction.ts';
import { hourGroups, volatilityGroups, type WindowGroup } from './router-groups.ts';
import type { RunSummary } from './run.ts';
import { weightsOf } from './stored-tensors.ts';

export interface PredictSetup {
  readonly run: RunSummary;
  readonly dataset: Dataset;
  /** The run's stored tensors, and perhaps others that stand beside them. */
  readonly tensors: readonly NamedTensor[];
  /** The newest rows only, at most so many. */
  readonly most: number;
  /** What this device binds, which may be less than the run's own did. */
  readonly grant: DeviceGrant;
  /** @throws where the device reported an error since the last call */
  readonly checkErrors: () => void;
}

export interface PredictProgress {
  readonly done: number;
  readonly total: number;
}

/** The rows of the predictions for which `keep` holds. */
function selected({ logits, returns, classes, actualReturns, count }: Predictions, keep: (row: number) => boolean): Predictions {
  const rows = Array.from({ length: count }, (_, row) => row).filter(keep);
  return {
    count: rows.length,
    logits: Float32Array.from(rows.flatMap((row) => [...logits.subarray(row * 3, row * 3 + 3)])),
    returns: Float32Array.from(rows, (row) => returns[row] as number),
    classes: Int8Array.from(rows, (row) => classes[row] as number),
    actualReturns: Float64Array.from(rows, (row) => actualReturns[row] as number),
  };
}

function scoreOf(unseen: Predictions, { job, prepared }: RunSummary): Prediction['score'] {
  if (unseen.count === 0) return null;
  const { metrics, confusion } = scorePredictions(unseen, prepared.labels.returnDeviation);
  const block = blockLengthFor(unseen.count, job.data.horizon);
  const counts = [0, 1, 2].map((c) => unseen.classes.filter((actual) => actual === c).length);
  return {
    rows: unseen.count,
    metrics: { ...metrics },
    confusion,
    accuracy: bootstrapInterval(hitsOf(unseen), block, job.training.seed),
    calibration: calibrationOf(unseen),
    majority: Math.max(...counts) / unseen.count,
  };
}

async function* routerOf(
  engine: Engine,
  prepared: Prepared,
  groups: readonly WindowGroup[],
  done: number,
  total: number,
): AsyncGenerator<PredictProgress, RouterGroup[]> {
  const result: RouterGroup[] = [];
  let seen = done;
  for (const { from, to, rows } of groups) {
    const pass = evaluate(engine, prepared, rows);
    let pulled = await pass.next();
    for (; !pulled.done; pulled = await pass.next()) yield { done: seen + pulled.value, total };
    seen += rows.length;
    result.push({ windows: rows.length, from, to, load: pulled.value.load });
  }
  return result;
}

async function* evaluated(
  engine: Engine,
  prepared: Prepared,
  rows: Int32Array,
  total: number,
): AsyncGenerator<PredictProgress, Evaluation> {
  const pass = evaluate(engine, prepared, rows);
  let pulled = await pass.next();
  for (; !pulled.done; pulled = await pass.next()) yield { done: pulled.value, total };
  return pulled.value;
}

/** A run's weights over the windows of bars that it may never have seen. */
export interface OpenedRun {
  readonly known: ReturnType<typeof prepareForModel>;
  /** Last rows of the windows that are predicted. */
  readonly rows: Int32Array;
  readonly prepared: Prepared;
  readonly engine: Engine;
}

/** @param choose among all whole windows @throws StudioError `too-few-bars`, `bad-value` or `invalid-weights` */
export function openRun(
  { run, dataset, tensors, grant }: Pick<PredictSetup, 'run' | 'dataset' | 'tensors' | 'grant'>,
  choose: (windows: Int32Array, time: Float64Array) => Int32Array,
): OpenedRun {
  const { job, prepared: summary } = run;
  const { featureNames, scaler, labels } = summary;
  const known = prepareForModel(dataset, { featureNames, scaler, labels, sequenceLength: summary.sequenceLength.value, config: job.data });
  const rows = choose(known.windows, known.bars.time);
  const empty = new Int32Array();
  const prepared: Prepared = {
    summary,
    features: known.features,
    classes: known.classes,
    returns: known.returns,
    lastMoves: new Float64Array(),
    time: known.bars.time,
    windows: { train: empty, validation: empty, test: rows },
  };
  const specs = catalog[job.model].parameters(job.modelConfig, summary.featureNames.length);
  const values = stackTensors(specs, weightsOf(tensors));
  // One window of the base's cache more would be kept for nothing: each window is asked for once.
  const size = { time: summary.sequenceLength.value, featureCount: featureNames.length, bars: known.bars.time.length };
  const fitted = fitToDevice({ ...job, training: { ...job.training, featureCacheMegabytes: 0 } }, size, grant);
  const engine = createEngine(fitted, prepared, (spec) => values.get(spec.name) as Float32Array);
  return { known, rows, prepared, engine };
}

/** Frees everything it put on the device. @throws StudioError `too-few-bars`, `bad-value` or `invalid-weights` */
export async function* predictRun(setup: PredictSetup): AsyncGenerator<PredictProgress, Prediction> {
  const { run, dataset, most, checkErrors } = setup;
  const { job, prepared: summary } = run;
  const { known, rows, prepared, engine } = openRun(setup, (windows) => windows.slice(Math.max(0, windows.length - most)));
  try {
    const routed = job.model === 'moe-transformer';
    const byVolatility = routed ? volatilityGroups(rows, known.volatility) : [];
    const byHour = routed ? hourGroups(rows, known.bars.time) : [];
    const groupRows = (groups: readonly WindowGroup[]) => groups.reduce((sum, group) => sum + group.rows.length, 0);
    const total = rows.length + groupRows(byVolatility) + groupRows(byHour);
    const { predictions } = yield* evaluated(engine, prepared, rows, total);
    const router = routed
      ? {
          byVolatility: yield* routerOf(engine, prepared, byVolatility, rows.length, total),
          byHour: yield* routerOf(engine, prepared, byHour, rows.length + groupRows(byVolatility), total),
        }
      : null;
    checkErrors();
    const { train, validation } = summary.parts;
    const seenUntil = Math.max(train.lastTime, validation.lastTime);
    const time = Float64Array.from(rows, (row) => known.bars.time[row] as number);
    const unseen = selected(predictions, (row) => (time[row] as number) > seenUntil && (predictions.classes[row] as number) >= 0);
    const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row] as number);
    const { open, high, low, close } = known.bars;
    return {
      runId: job.runId,
      datasetId: dataset.summary.id,
      datasetName: dataset.summary.name,
      intervalSeconds: dataset.summary.intervalSeconds,
      horizon: job.data.horizon,
      seenUntil,
      time,
      open: pick(open),
      high: pick(high),
      low: pick(low),
      close: pick(close),
      probabilities: probabilitiesOf(predictions.logits),
      returns: predictions.returns.map((value) => value * summary.labels.returnDeviation),
      classes: predictions.classes,
      actualReturns: predictions.actualReturns,
      score: scoreOf(unseen, run),
      router,
    };
  } finally {
    engine.dispose();
    releasePool();
  }
}
