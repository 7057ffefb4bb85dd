/** Finds the weights that a job's frozen base asks for: in the run store, or in a file that the person chose. */
import { sha256 } from '../data/reading/sha256.ts';
import { StudioError } from '../lib/errors.ts';
import type { ModelConfig } from '../models/model-spec.ts';
import type { RunStore } from '../storage/run-store.ts';
import { type BaseSource, canBeBase } from '../training/base-weights.ts';
import type { Job } from '../training/job.ts';
import type { RunSummary } from '../training/run.ts';
import { type StartSource, startFrom } from '../training/start-weights.ts';
import { readSafetensors } from '../weights/safetensors.ts';

/** A text of the metadata as JSON, or null where there is none or it is not JSON. */
function structured(text: string | undefined): unknown {
  try {
    return text === undefined ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** @throws StudioError `invalid-weights` where it is not a safetensors file */
export async function readBase(file: File): Promise<{ base: BaseSource; sha256: string }> {
  const bytes = await file.arrayBuffer();
  const { tensors, metadata } = readSafetensors(bytes);
  const sizes = structured(metadata.modelConfig);
  const features = structured(metadata.features);
  const base = {
    kind: 'file' as const,
    source: file.name,
    tensors,
    sizes: typeof sizes === 'object' && !Array.isArray(sizes) ? (sizes as ModelConfig | null) : null,
    features: Array.isArray(features) ? features.map(String) : null,
  };
  return { base, sha256: await sha256(new Uint8Array(bytes)) };
}

interface Known {
  readonly store: RunStore;
  readonly runs: readonly RunSummary[];
  readonly file: BaseSource | null;
}

/**
 * Undefined where the base is to be random, or the model has none.
 * @throws StudioError `no-base` or `unknown-run`
 */
export async function baseOf(job: Job, featureNames: readonly string[], { store, runs, file }: Known): Promise<BaseSource | undefined> {
  const { base, baseRun } = job.modelConfig;
  if (job.task !== undefined || base === undefined || base === 'random') return undefined;
  if (base === 'file') {
    if (!file) throw new StudioError('no-base', { reason: 'no-file' });
    return file;
  }
  const asked = typeof baseRun === 'string' && baseRun !== '';
  const found = asked ? runs.find((run) => run.job.runId === baseRun) : runs.findLast((run) => canBeBase(run, job, featureNames));
  if (!found) throw asked ? new StudioError('unknown-run', { runId: String(baseRun) }) : new StudioError('no-base', { reason: 'no-run' });
  const { runId, model, task } = found.job;
  if (model !== 'transformer' && task !== 'pretrain')
    throw new StudioError('base-mismatch', { source: runId, name: 'model', value: model, wanted: 'transformer' });
  return {
    kind: 'run',
    source: runId,
    tensors: await store.weights(runId),
    sizes: found.job.modelConfig,
    features: found.prepared.featureNames,
  };
}

/** The run that a job goes on from; undefined where it begins anew. @throws StudioError `unknown-run` or `invalid-weights` */
export async function startOf(
  job: Job,
  given: { readonly datasetId: string; readonly featureCount: number },
  { store, runs }: Pick<Known, 'store' | 'runs'>,
): Promise<StartSource | undefined> {
  if (job.startFrom === undefined) return undefined;
  const run = runs.find((candidate) => candidate.job.runId === job.startFrom);
  if (!run) throw new StudioError('unknown-run', { runId: job.startFrom });
  return startFrom(job, run, await store.weights(job.startFrom), given);
}
