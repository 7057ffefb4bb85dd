/** Where a frozen base gets its weights from: the strict check that they fit, and what a run records of them. */
import { sha256 } from '../data/reading/sha256.ts';
import { StudioError } from '../lib/errors.ts';
import { catalog } from '../models/catalog.ts';
import type { ModelConfig } from '../models/model-spec.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import { stackTensors } from '../models/state-dict.ts';
import type { Engine } from './engine.ts';
import type { Job } from './job.ts';
import type { BaseRecord, RunSummary } from './run.ts';

export interface BaseSource {
  readonly kind: 'run' | 'file';
  /** Id of the run or name of the file. */
  readonly source: string;
  /** The base's own tensors, and perhaps others beside them. */
  readonly tensors: readonly NamedTensor[];
  /** Sizes and features that the weights were trained with; null where a file does not say. */
  readonly sizes: ModelConfig | null;
  readonly features: readonly string[] | null;
}

/** What must be equal; the number of heads cannot be seen in the tensors. */
const shape = ['width', 'heads', 'blocks', 'feedForward'] as const;

/** Tensors that stand beside a base in a file or a run and are no part of it. */
const beside = /^(heads|reconstruct|example|trace|prediction|optimizer)\./;

/** The first thing that keeps weights from being the base of a job, or null. */
export function mismatchOf(
  job: Pick<Job, 'modelConfig'>,
  featureNames: readonly string[],
  { sizes, features }: Pick<BaseSource, 'sizes' | 'features'>,
): { name: string; value: string; wanted: string } | null {
  for (const name of shape) {
    const value = sizes?.[name];
    const wanted = job.modelConfig[name];
    if (value !== undefined && value !== wanted) return { name, value: String(value), wanted: String(wanted) };
  }
  const [value, wanted] = [features?.join(', '), featureNames.join(', ')];
  return value !== undefined && value !== wanted ? { name: 'features', value, wanted } : null;
}

/** A run that may be the base of a job on these features: a Transformer or a pre-training that has ended with weights. */
export function canBeBase(run: RunSummary, job: Job, featureNames: readonly string[]): boolean {
  const trained = run.job.model === 'transformer' || run.job.task === 'pretrain';
  const ended = run.status === 'finished' || run.status === 'stopped';
  const own = { sizes: run.job.modelConfig, features: run.prepared.featureNames };
  return trained && ended && run.bestEpoch > 0 && mismatchOf(job, featureNames, own) === null;
}

/**
 * Values of the job's frozen parameters by name.
 * @throws StudioError `base-mismatch`, or `invalid-weights` where a tensor is missing, too many, or of another shape
 */
export function baseValues(job: Job, featureNames: readonly string[], base: BaseSource): Map<string, Float32Array> {
  const mismatch = mismatchOf(job, featureNames, base);
  if (mismatch) throw new StudioError('base-mismatch', { source: base.source, ...mismatch });
  const frozen = catalog[job.model].parameters(job.modelConfig, featureNames.length).filter((spec) => !spec.trainable);
  return stackTensors(
    frozen,
    base.tensors.filter(({ name }) => !beside.test(name)),
  );
}

/** SHA-256 of the lines `name SHA-256-of-its-float32-bytes`, one a tensor in the given order: what names a base. */
export async function hashBase(tensors: Iterable<readonly [name: string, values: Float32Array]>): Promise<string> {
  const lines: string[] = [];
  for (const [name, values] of tensors)
    lines.push(`${name} ${await sha256(new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength))}\n`);
  return sha256(new TextEncoder().encode(lines.join('')));
}

/** What a run keeps of its base; undefined for models without one. */
export async function recordBase({ arena }: Engine, base?: BaseSource): Promise<BaseRecord | undefined> {
  if (arena.frozen.size === 0) return undefined;
  const tensors: [string, Float32Array][] = [];
  for (const [name, tensor] of arena.frozen) tensors.push([name, (await tensor.data()) as Float32Array]);
  return { kind: base?.kind ?? 'random', source: base?.source ?? '', sha256: await hashBase(tensors) };
}
