/** A file of the studio or of PyTorch as a run: a pack, weights with the studio's own description, or a bare state_dict. Checked whole before anything changes. */

import { enabledFeatures } from '../data/features/table.ts';
import type { DataConfig } from '../data/fields.ts';
import type { PreparedSummary } from '../data/prepared.ts';
import { StudioError } from '../lib/errors.ts';
import { catalog } from '../models/catalog.ts';
import { inferModel } from '../models/infer-model.ts';
import type { ModelConfig } from '../models/model-spec.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import { countParameters } from '../models/parameter.ts';
import { stackTensors } from '../models/state-dict.ts';
import { defaultJob, parseJob } from '../training/job.ts';
import type { RunSummary } from '../training/run.ts';
import type { Series } from '../training/series.ts';
import { readPack } from '../weights/pack/read-pack.ts';
import { refusePack } from '../weights/pack/refuse.ts';
import { runOfMetadata } from '../weights/run-of-metadata.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import type { ImportAnswers, ImportQuestion } from './protocol.ts';

export interface ImportedRun {
  readonly run: RunSummary;
  readonly series: Series;
  /** Everything that the store keeps of a run. */
  readonly tensors: readonly NamedTensor[];
  /** Entries of a pack that were left alone. */
  readonly ignored: readonly string[];
}

/** The data that a file without description is to be used on. */
export interface KnownData {
  readonly prepared: PreparedSummary;
  readonly data: DataConfig;
  readonly dataset: { readonly id: string; readonly name: string };
}

type Outcome = { readonly imported: ImportedRun } | { readonly question: ImportQuestion };

/** More than any weights of the five models; such a file is not read into memory. */
const largestWeights = 1024 * 2 ** 20;
const zipStart = [0x50, 0x4b];

/**
 * @param answers what the person said about a file that does not say it itself
 * @throws StudioError `invalid-pack`, `invalid-weights`, `invalid-setting` or `unknown-setting`
 */
export async function importFile(file: File, known: KnownData | null, answers: ImportAnswers | null, now: number): Promise<Outcome> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (zipStart.every((byte, i) => start[i] === byte)) return { imported: await importPack(file) };
  if (file.size > largestWeights) throw new StudioError('invalid-weights', { reason: 'too-large' });
  const { tensors, metadata } = readSafetensors(await file.arrayBuffer());
  const bad = tensors.find(({ data }) => !data.every(Number.isFinite));
  if (bad) throw new StudioError('invalid-weights', { reason: 'not-finite', name: bad.name });
  const described = runOfMetadata(metadata, file.name);
  if (described) return { imported: { run: checked(described, tensors), series: {}, tensors, ignored: [] } };
  return importStateDict(file.name, tensors, known, answers, now);
}

async function importPack(file: Blob): Promise<ImportedRun> {
  const { run, series, weights, optimizer, examples, predictions, ignored } = await readPack(file);
  return { run: checked(run, weights), series, tensors: [...weights, ...optimizer, ...examples, ...predictions], ignored };
}

/** The run with its job read through the field tables and its weights held against the model. */
function checked(run: RunSummary, weights: readonly NamedTensor[]): RunSummary {
  const job = parseJob(run.job);
  const { featureNames, scaler } = run.prepared;
  const names = enabledFeatures(job.data);
  if (names.join() !== featureNames.join() || scaler.mean.length !== names.length || scaler.deviation.length !== names.length)
    refusePack('content', 'run.json: prepared.featureNames', 'the features are not those of the data settings');
  const specs = catalog[job.model].parameters(job.modelConfig, featureNames.length);
  const base = specs.filter((spec) => !spec.trainable);
  // A pre-training has its base and what filled in the bars; a run has the whole model.
  if (job.task === 'pretrain')
    stackTensors(
      base,
      weights.filter(({ name }) => base.some((spec) => spec.name === name)),
    );
  else stackTensors(specs, weights);
  if (run.bestEpoch > 0 && !run.epochs.some(({ epoch }) => epoch === run.bestEpoch))
    refusePack('content', 'run.json: bestEpoch', 'there is no such epoch');
  return { ...run, job, parameters: job.task === 'pretrain' ? run.parameters : countParameters(specs) };
}

function importStateDict(
  name: string,
  tensors: readonly NamedTensor[],
  known: KnownData | null,
  answers: ImportAnswers | null,
  now: number,
): Outcome {
  const inferred = inferModel(tensors);
  const { model, featureCount, open } = inferred;
  const config: ModelConfig = { ...inferred.config, ...answers };
  if (open.length > 0 && !answers) return { question: { name, model, config, open } };
  stackTensors(catalog[model].parameters(config, featureCount), tensors);
  if (!known) throw new StudioError('invalid-weights', { reason: 'no-data' });
  const { prepared, data, dataset } = known;
  if (prepared.featureNames.length !== featureCount)
    throw new StudioError('invalid-weights', { reason: 'features', name: `${featureCount} ≠ ${prepared.featureNames.length}` });
  const runId = `${new Date(now).toISOString().replace(/[-:]/g, '').slice(0, 15)}-import-${model}`;
  const job = parseJob({ ...defaultJob(runId, model, 'full'), modelConfig: config, data });
  const run: RunSummary = {
    job,
    status: 'finished',
    dataset,
    prepared,
    parameters: countParameters(catalog[model].parameters(config, featureCount)),
    adapter: '',
    backend: '',
    startedAt: now,
    elapsedMs: 0,
    epochs: [],
    bestEpoch: 0,
    stoppedBy: null,
    baselines: [],
    test: null,
    start: { kind: 'weights', source: name, epochs: 0 },
    warnings: [],
  };
  return { imported: { run, series: {}, tensors, ignored: [] } };
}
