/**
 * Everything that a run needs to go on after its page, its worker or its device is gone: the loop's state, and beside it what the screen
 * shows. Taken between two pulls of a job (`RunSetup.offer`), given back to a job as `RunSetup.resume`.
 */
import type { ReadingChoices } from '../data/mapping.ts';
import type { Prepared } from '../data/prepared.ts';
import { StudioError } from '../lib/errors.ts';
import { readExactJson, writeExactJson } from '../lib/exact-json.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { EpochTally } from './epoch-tally.ts';
import { type Job, parseJob } from './job.ts';
import type { RunSummary } from './run.ts';
import type { Series, SeriesPoint } from './series.ts';
import type { KeptTrace } from './trace.ts';

export interface RunCheckpoint {
  /** As far as it has come: the job as fitted to the device, training time, epochs; status `running`. */
  readonly run: RunSummary;
  readonly checkpoint: Checkpoint;
  /** The curves by step up to the checkpoint. */
  readonly series: Series;
  /** Frozen parameters by their inner names and the hash that names them all; null where the model has none. */
  readonly frozen: FrozenParameters | null;
  /** What was recorded of a trace that was asked for. */
  readonly trace: KeptTrace | null;
  /** Jobs that wait behind this one. */
  readonly ahead: readonly Job[];
  /** With what corrections the file was read; null where there were none. */
  readonly reading: ReadingChoices | null;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

export interface FrozenParameters {
  readonly sha256: string;
  readonly tensors: readonly NamedTensor[];
}

/** Takes a checkpoint; null while there is nothing to keep (before the first step, at the end, or after a step that was not finite). */
export type Capture = () => Promise<RunCheckpoint | null>;

/** What a store keeps: texts and numbers as exact JSON, long lists as arrays by name. */
export interface PackedCheckpoint {
  readonly header: string;
  readonly arrays: readonly PackedArray[];
  /** Apart, so that it can be stored once for many checkpoints. */
  readonly frozen: { readonly sha256: string; readonly arrays: readonly PackedArray[] } | null;
}

export interface PackedArray {
  readonly name: string;
  readonly data: Float32Array | Float64Array;
}

/** Of the header. A checkpoint of another version is refused. */
const version = 1;

const flats = ['values', 'firstMoment', 'secondMoment', 'best'] as const;
/** Lists of the tally that float32 holds exactly, because they came from there or are small integers; sums and actual returns are doubles. */
const singles = ['logits', 'returns', 'classes'] as const;
const doubles = ['actualReturns', 'load'] as const;

const seriesFields = ['step', 'at', 'elapsedMs', 'clockMs', 'value'] as const satisfies readonly (keyof SeriesPoint)[];

interface Header {
  readonly version: number;
  readonly run: RunSummary;
  /** Metric paths of the curves. */
  readonly series: readonly string[];
  readonly ahead: readonly Job[];
  readonly reading: ReadingChoices | null;
  readonly savedAt: number;
  readonly checkpoint: Pick<Checkpoint, 'step' | 'bestEpoch' | 'stopping'>;
  readonly sums: Pick<EpochTally, 'count' | 'classLoss' | 'returnLoss' | 'auxiliary' | 'gradientNorm'>;
  readonly trace: (Pick<KeptTrace, 'losses' | 'learningRates'> & { readonly shapes: Record<string, readonly number[]> }) | null;
  readonly frozenShapes: Record<string, readonly number[]>;
}

const shapesOf = (tensors: readonly NamedTensor[]): Record<string, readonly number[]> =>
  Object.fromEntries(tensors.map(({ name, shape }) => [name, shape]));

export function packCheckpoint(kept: RunCheckpoint): PackedCheckpoint {
  const { run, checkpoint, series, frozen, trace, ahead, reading, savedAt } = kept;
  const { tally, step, bestEpoch, stopping } = checkpoint;
  const { count, classLoss, returnLoss, auxiliary, gradientNorm } = tally;
  const header: Header = {
    version,
    run,
    series: Object.keys(series),
    ahead,
    reading,
    savedAt,
    checkpoint: { step, bestEpoch, stopping },
    sums: { count, classLoss, returnLoss, auxiliary, gradientNorm },
    trace: trace && { losses: trace.losses, learningRates: trace.learningRates, shapes: shapesOf(trace.tensors) },
    frozenShapes: shapesOf(frozen?.tensors ?? []),
  };
  const arrays: PackedArray[] = flats.flatMap((name) => {
    const data = checkpoint[name];
    return data ? [{ name, data }] : [];
  });
  for (const name of singles) arrays.push({ name: `tally.${name}`, data: Float32Array.from(tally[name]) });
  for (const name of doubles) arrays.push({ name: `tally.${name}`, data: Float64Array.from(tally[name]) });
  for (const [path, points] of Object.entries(series)) arrays.push({ name: `series.${path}`, data: packPoints(points) });
  for (const { name, data } of trace?.tensors ?? []) arrays.push({ name, data });
  const base = frozen && { sha256: frozen.sha256, arrays: frozen.tensors.map(({ name, data }) => ({ name, data })) };
  return { header: writeExactJson(header), arrays, frozen: base };
}

/** A point is five numbers in a row: as text a long run's curves would be three times as large. */
const packPoints = (points: readonly SeriesPoint[]): Float64Array =>
  Float64Array.from(points.flatMap((point) => seriesFields.map((field) => point[field])));

const unpackPoints = (values: Float64Array): SeriesPoint[] =>
  Array.from({ length: values.length / seriesFields.length }, (_, i) => {
    const [step = 0, at = 0, elapsedMs = 0, clockMs = 0, value = 0] = values.subarray(
      i * seriesFields.length,
      (i + 1) * seriesFields.length,
    );
    return { step, at, elapsedMs, clockMs, value };
  });

const refuse = (reason: 'version' | 'content' | 'other-data', detail: string): never => {
  throw new StudioError('invalid-checkpoint', { reason }, detail);
};

/** @throws StudioError `invalid-checkpoint` where another version wrote it, or something is missing; `invalid-setting` for a job of another time */
export function unpackCheckpoint({ header: text, arrays, frozen }: PackedCheckpoint): RunCheckpoint {
  const header = readExactJson(text) as Header;
  if (header.version !== version) refuse('version', `version ${header.version}, this studio reads ${version}`);
  const byName = new Map(arrays.map(({ name, data }) => [name, data]));
  const array = (name: string): Float32Array => (byName.get(name) as Float32Array | undefined) ?? refuse('content', name);
  const doublesOf = (name: string): Float64Array => array(name) as unknown as Float64Array;
  const tensorsOf = (shapes: Record<string, readonly number[]>, of: (name: string) => Float32Array): NamedTensor[] =>
    Object.entries(shapes).map(([name, shape]) => ({ name, shape, data: of(name) }));
  const tally = {
    ...header.sums,
    ...Object.fromEntries([...singles, ...doubles].map((name) => [name, Array.from(array(`tally.${name}`))])),
  } as EpochTally;
  const base = new Map((frozen?.arrays ?? []).map(({ name, data }) => [name, data as Float32Array]));
  const { run, series, ahead, reading, savedAt, trace } = header;
  return {
    run: { ...run, job: parseJob(run.job) },
    series: Object.fromEntries(series.map((path) => [path, unpackPoints(doublesOf(`series.${path}`))])),
    ahead: ahead.map(parseJob),
    reading,
    savedAt,
    checkpoint: {
      ...header.checkpoint,
      values: array('values'),
      firstMoment: array('firstMoment'),
      secondMoment: array('secondMoment'),
      best: (byName.get('best') as Float32Array | undefined) ?? null,
      epochs: run.epochs,
      tally,
    },
    frozen: frozen && {
      sha256: frozen.sha256,
      tensors: tensorsOf(header.frozenShapes, (name) => base.get(name) ?? refuse('content', name)),
    },
    trace: trace && { losses: trace.losses, learningRates: trace.learningRates, tensors: tensorsOf(trace.shapes, array) },
  };
}

/** The record alone, without its arrays: what an offer to go on shows. @throws as `unpackCheckpoint` */
export function readCheckpointHeader(
  text: string,
): Pick<RunCheckpoint, 'run' | 'ahead' | 'reading' | 'savedAt'> & { readonly step: number } {
  const { version: own, run, ahead, reading, savedAt, checkpoint } = readExactJson(text) as Header;
  if (own !== version) refuse('version', `version ${own}, this studio reads ${version}`);
  return { run: { ...run, job: parseJob(run.job) }, ahead: ahead.map(parseJob), reading, savedAt, step: checkpoint.step };
}

/** @throws StudioError `invalid-checkpoint` where the data, or what this studio makes of it, is not what the run was trained on */
export function requireSameData({ run }: Pick<RunCheckpoint, 'run'>, { summary }: Pick<Prepared, 'summary'>): void {
  const facts = ({ datasetId, featureNames, scaler, labels, sequenceLength, parts }: RunSummary['prepared']): string =>
    JSON.stringify([datasetId, featureNames, scaler, labels, sequenceLength.value, parts]);
  if (facts(run.prepared) !== facts(summary))
    refuse('other-data', `made from data set ${run.prepared.datasetId}, here is ${summary.datasetId}`);
}

/** @throws StudioError `invalid-checkpoint` where the model has another number of trainable values */
export function requireSameSize({ checkpoint }: Pick<RunCheckpoint, 'checkpoint'>, length: number): void {
  if (checkpoint.values.length !== length) refuse('content', `${checkpoint.values.length} values, the model has ${length}`);
}
