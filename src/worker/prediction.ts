/** A prediction from files to a table: reads the weights, prepares the loaded bars as the model wants them, runs it, and writes `predictions.csv`. */
import type { Dataset } from '../data/dataset.ts';
import { prepareForModel } from '../data/prepare-for-model.ts';
import { likeliest } from '../lib/class-probabilities.ts';
import { fitToDevice } from '../training/fit-to-device.ts';
import { predict } from '../training/predict.ts';
import type { Certificate } from '../training/run.ts';
import { type PredictedWindows, predictedWindowsCsv } from '../weights/predicted-windows-csv.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { readModelFile, type TrainedModel } from './model-file.ts';
import type { PredictionSummary } from './protocol.ts';

export interface PredictionSetup {
  readonly weights: File;
  readonly base: File | null;
  readonly dataset: Dataset;
  readonly backend: string;
  readonly certificate: Certificate;
  readonly maxBindingBytes: number;
  readonly checkErrors: () => void;
}

export interface Prediction {
  readonly summary: PredictionSummary;
  readonly csv: ArrayBuffer;
}

async function readModel({ weights, base }: PredictionSetup): Promise<TrainedModel> {
  const offered = base && { name: base.name, tensors: readSafetensors(await base.arrayBuffer()).tensors };
  return readModelFile(await weights.arrayBuffer(), offered);
}

/** Yields how many windows are done, and of how many. @throws StudioError for files and data that do not fit */
export async function* predictDataset(setup: PredictionSetup): AsyncGenerator<{ done: number; total: number }, Prediction> {
  const { dataset, backend, certificate, maxBindingBytes, checkErrors } = setup;
  const { job, data, values, learned } = await readModel(setup);
  const prepared = prepareForModel(dataset, data);
  const { windows, classes } = prepared;
  const { time, close } = prepared.bars;
  const size = { time: data.sequenceLength, featureCount: data.featureNames.length, bars: time.length };
  const fitted = fitToDevice(job, size, { maxBindingBytes, fused: backend === 'webgpu' && certificate.kernels === 'fused' });
  const { featureNames, sequenceLength } = data;
  const valuesOf = ({ name }: { readonly name: string }): Float32Array => values.get(name) as Float32Array;
  const pass = predict({ job: fitted, featureNames, sequenceLength, prepared, valuesOf, checkErrors });
  let pulled = await pass.next();
  for (; !pulled.done; pulled = await pass.next()) yield { done: pulled.value, total: windows.length };
  const { probabilities, returns } = pulled.value;
  const rows: PredictedWindows = {
    time: Float64Array.from(windows, (row) => time[row] as number),
    close: Float64Array.from(windows, (row) => close[row] as number),
    probabilities,
    returns: Float64Array.from(returns, (value) => value * data.labels.returnDeviation),
    actualClasses: Int8Array.from(windows, (row) => classes[row] as number),
    actualReturns: Float64Array.from(windows, (row) => prepared.returns[row] as number),
    seen: Uint8Array.from(windows, (row) => Number((time[row] as number) >= learned.from && (time[row] as number) <= learned.to)),
  };
  const { model, runId, data: config } = job;
  const { id, name } = dataset.summary;
  const about = {
    weights: setup.weights.name,
    model,
    runId,
    dataset: { id, name },
    horizon: config.horizon,
    acrossGap: prepared.acrossGap,
  };
  return { summary: { ...about, windows: windows.length, ...scoresOf(rows), latest: latestOf(rows) }, csv: predictedWindowsCsv(rows) };
}

/** Hits among the windows that the model has not learned from and whose future is known. */
function scoresOf({ probabilities, actualClasses, seen }: PredictedWindows): Pick<PredictionSummary, 'seen' | 'scored' | 'hits'> {
  let [hits, scored, learned] = [0, 0, 0];
  for (let i = 0; i < seen.length; i++) {
    if (seen[i] === 1) learned++;
    else if ((actualClasses[i] as number) >= 0) {
      scored++;
      if (likeliest(probabilities, 3 * i) === actualClasses[i]) hits++;
    }
  }
  return { seen: learned, scored, hits };
}

function latestOf({ time, close, probabilities, returns }: PredictedWindows): PredictionSummary['latest'] {
  const last = time.length - 1;
  if (last < 0) return null;
  const [down, flat, up] = [0, 1, 2].map((c) => probabilities[3 * last + c] as number) as [number, number, number];
  const returnBasisPoints = (returns[last] as number) * 10_000;
  return { time: time[last] as number, close: close[last] as number, probabilities: [down, flat, up], returnBasisPoints };
}
