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

/** The largest micro-batch whose plan stays within the device's bindings and the job's budget. */
export function planRun(job: Pick<Job, 'model' | 'modelConfig' | 'training'>, size: DataSize, maxBindingBytes = 0): Fit {
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
  const { microBatch, validationBatch } = fused ? planRun(job, size, maxBindingBytes).plan : fitStock(job, size.time, maxBindingBytes);
  const { microBatchSize } = job.training;
  const cut = microBatch < wantedMicroBatch(job.training);
  return {
    ...job,
    training: { ...job.training, microBatchSize: cut ? microBatch : microBatchSize, validationBatchSize: validationBatch },
  };
}
