/** A weights file that the studio wrote, read back as a model that can be used: strict about what it is, and whole again where it holds heads only. */
import type { ModelData } from '../data/prepare-for-model.ts';
import { StudioError } from '../lib/errors.ts';
import { catalog } from '../models/catalog.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import type { ParameterSpec } from '../models/parameter.ts';
import { stackTensors } from '../models/state-dict.ts';
import { initialValues } from '../training/arena.ts';
import { hashBase } from '../training/base-weights.ts';
import { type Job, parseJob } from '../training/job.ts';
import { headsPart, joinHeads } from '../weights/heads.ts';
import { type ModelDescription, readDescription } from '../weights/model-description.ts';
import { readSafetensors } from '../weights/safetensors.ts';

export interface TrainedModel {
  readonly job: Job;
  readonly data: ModelData;
  /** Values of each parameter by its inner name. */
  readonly values: ReadonlyMap<string, Float32Array>;
  /** Times in ms between which it has learned: the first training window to the last validation window. */
  readonly learned: { readonly from: number; readonly to: number };
}

/** A file that may hold the base of heads. */
export interface OfferedBase {
  readonly name: string;
  readonly tensors: readonly NamedTensor[];
}

type FrozenValues = [name: string, values: Float32Array][];

/** The random base that a seed gives, as tensors. */
const drawBase = (specs: readonly ParameterSpec[], seed: number): NamedTensor[] =>
  specs.filter((spec) => !spec.trainable).map((spec) => ({ name: spec.name, shape: spec.shape, data: initialValues(spec, seed) }));

/** @throws StudioError `no-base`, `other-base` or `invalid-weights` */
async function withBase(
  heads: readonly NamedTensor[],
  specs: readonly ParameterSpec[],
  { base: named }: ModelDescription,
  seed: number,
  offered: OfferedBase | null,
): Promise<NamedTensor[]> {
  if (!named) throw new StudioError('invalid-weights', { reason: 'no-description', name: 'base' });
  if (!offered && named.kind !== 'random') throw new StudioError('no-base', { reason: 'for-heads' });
  const tensors = offered?.tensors ?? drawBase(specs, seed);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor.data]));
  const frozen = specs.filter((spec) => !spec.trainable);
  const known = frozen.flatMap(({ name }): FrozenValues => (byName.has(name) ? [[name, byName.get(name) as Float32Array]] : []));
  return joinHeads(heads, tensors, specs, named, { source: offered?.name ?? `seed ${seed}`, sha256: await hashBase(known) });
}

/**
 * @param base file of the frozen base, for heads whose base is not a random one
 * @throws StudioError `invalid-weights`, `invalid-setting`, `no-base` or `other-base`
 */
export async function readModelFile(bytes: ArrayBuffer, base: OfferedBase | null): Promise<TrainedModel> {
  const { tensors, metadata } = readSafetensors(bytes);
  const described = readDescription(metadata);
  if (described.task !== undefined) throw new StudioError('invalid-weights', { reason: 'pretraining' });
  const { runId, model, preset, modelConfig, dataConfig, trainingConfig, features, labelRule, split } = described;
  const job = parseJob({ runId, model, preset, modelConfig, data: dataConfig, training: trainingConfig });
  const specs = catalog[job.model].parameters(job.modelConfig, features.length);
  const whole = described.part === headsPart ? await withBase(tensors, specs, described, job.training.seed, base) : tensors;
  return {
    job,
    values: stackTensors(specs, whole),
    data: {
      featureNames: features,
      scaler: described.scaler,
      sequenceLength: described.sequenceLength,
      labels: { ...labelRule, returnDeviation: described.returnDeviation },
      config: job.data,
    },
    learned: { from: Date.parse(split.train.from), to: Date.parse(split.validation.to) },
  };
}
