/** Micro-batches where a whole batch would need more memory than the device or the person grants; gradients accumulate to the same result. Page-safe. */
import { catalog } from '../models/catalog.ts';
import type { TrainingConfig } from './fields.ts';
import type { Job } from './job.ts';
import { type MemoryPlan, type PlanInput, planMemory } from './memory-plan.ts';

/** No single tensor of stock operations beyond this, even where the device would bind more: a laptop's memory is shared with everything else. */
const mostBytes = 512 * 1024 * 1024;

/** What is to be trained on. */
export type DataSize = Pick<PlanInput, 'time' | 'featureCount' | 'bars'>;

export interface DeviceGrant {
  /** Largest buffer the device binds; 0 where it does not say. */
  readonly maxBindingBytes: number;
  /** False where stock operations compute: their activations are larger, and only their largest tensor is known. */
  readonly fused: boolean;
}

export interface Fit {
  readonly plan: MemoryPlan;
  /** False where even one window at a time is more than the device binds or the budget grants. */
  readonly fits: boolean;
}

const wantedMicroBatch = ({ batchSize, microBatchSize }: TrainingConfig): number =>
  microBatchSize === 0 ? batchSize : Math.min(microBatchSize, batchSize);

/** Sizes of equal micro-batches, largest first: two that need as many passes would differ in padding alone. */
function* candidates(batchSize: number, wanted: number): Generator<number> {
  yield wanted;
  for (let passes = Math.ceil(batchSize / wanted) + 1; passes < batchSize; passes++) {
    const size = Math.ceil(batchSize / passes);
    if (size < wanted && Math.ceil(batchSize / size) === passes) yield size;
  }
  if (wanted > 1) yield 1;
}

/** Windows at once below which a GPU has too little to do: room for as many is worth computing activations twice. */
const enough = 8;

/** Whether the model is one whose blocks can compute their activations anew: a gradient goes through them. */
const hasTrainedBlocks = ({ model, modelConfig }: Pick<Job, 'model' | 'modelConfig'>): boolean =>
  model === 'peft-transformer' ? Number(modelConfig.loraRank) > 0 : modelConfig.blocks !== undefined;

/**
 * The largest micro-batch whose plan stays within the device's bindings and the job's budget. Left to the budget, activations are computed
 * anew only where that makes room for twice the windows at once, and those kept would be too few.
 */
export function planRun(job: Pick<Job, 'model' | 'modelConfig' | 'training'>, size: DataSize, maxBindingBytes = 0): Fit {
  const { recomputation, batchSize } = job.training;
  const plan = (recompute: boolean): Fit => largestFit(job, size, maxBindingBytes, recompute);
  if (!hasTrainedBlocks(job)) return plan(false);
  if (recomputation !== 'auto') return plan(recomputation === 'always');
  const kept = plan(false);
  if (kept.fits && kept.plan.microBatch >= Math.min(enough, batchSize, wantedMicroBatch(job.training))) return kept;
  const anew = plan(true);
  const better = kept.fits ? anew.plan.microBatch >= 2 * kept.plan.microBatch : anew.fits || anew.plan.peak < kept.plan.peak;
  return better ? anew : kept;
}

function largestFit(
  job: Pick<Job, 'model' | 'modelConfig' | 'training'>,
  size: DataSize,
  maxBindingBytes: number,
  recompute: boolean,
): Fit {
  const { batchSize, validationBatchSize, memoryMegabytes, featureCacheMegabytes } = job.training;
  const binding = maxBindingBytes === 0 ? Number.POSITIVE_INFINITY : maxBindingBytes;
  const budget = memoryMegabytes * 1e6;
  // The table of kept features is cut to what the device binds.
  const cacheBytes = Math.min(featureCacheMegabytes * 2 ** 20, binding);
  let fit: Fit | undefined;
  for (const microBatch of candidates(batchSize, wantedMicroBatch(job.training))) {
    const validationBatch = Math.min(validationBatchSize, microBatch);
    const plan = planMemory({
      ...size,
      model: job.model,
      modelConfig: job.modelConfig,
      batchSize,
      microBatch,
      validationBatch,
      cacheBytes,
      recompute,
    });
    fit = { plan, fits: plan.largest <= binding && plan.peak <= budget };
    if (fit.fits) break;
  }
  return fit as Fit;
}

/** Micro-batch and validation batch by the largest tensor of stock operations. */
function fitStock(job: Job, time: number, maxBindingBytes: number): { microBatch: number; validationBatch: number } {
  const bytesPerWindow = 4 * catalog[job.model].largestActivation(job.modelConfig, time);
  const limit = maxBindingBytes === 0 ? mostBytes : Math.min(mostBytes, maxBindingBytes);
  const atOnce = Math.max(1, Math.floor(limit / bytesPerWindow));
  return {
    microBatch: Math.min(wantedMicroBatch(job.training), atOnce),
    validationBatch: Math.min(job.training.validationBatchSize, atOnce),
  };
}

/** The job with its micro-batch and validation batch cut to what device and budget hold; unchanged where they fit, never enlarged. */
export function fitToDevice(job: Job, size: DataSize, { maxBindingBytes, fused }: DeviceGrant): Job {
  const { microBatch, validationBatch, recompute } = fused
    ? planRun(job, size, maxBindingBytes).plan
    : { ...fitStock(job, size.time, maxBindingBytes), recompute: false };
  const { microBatchSize, recomputation } = job.training;
  const cut = microBatch < wantedMicroBatch(job.training);
  return {
    ...job,
    training: {
      ...job.training,
      microBatchSize: cut ? microBatch : microBatchSize,
      validationBatchSize: validationBatch,
      recomputation: recompute ? 'always' : recomputation,
    },
  };
}
