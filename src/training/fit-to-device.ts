/** Micro-batches where a whole batch would need a larger buffer than the device binds; gradients accumulate to the same result. */
import { catalog } from '../models/catalog.ts';
import type { Job } from './job.ts';

/** No single tensor beyond this, even where the device would bind more: a laptop's memory is shared with everything else. */
const mostBytes = 512 * 1024 * 1024;

/**
 * The job with its micro-batch and validation batch cut to what one buffer holds; unchanged where they fit.
 * @param maxBindingBytes largest buffer the device binds; 0 where it does not say
 */
export function fitToDevice(job: Job, sequenceLength: number, maxBindingBytes: number): Job {
  const bytesPerWindow = 4 * catalog[job.model].largestActivation(job.modelConfig, sequenceLength);
  const limit = maxBindingBytes === 0 ? mostBytes : Math.min(mostBytes, maxBindingBytes);
  const atOnce = Math.max(1, Math.floor(limit / bytesPerWindow));
  const { batchSize, microBatchSize, validationBatchSize } = job.training;
  const wanted = microBatchSize === 0 ? batchSize : Math.min(microBatchSize, batchSize);
  const training = {
    ...job.training,
    microBatchSize: wanted <= atOnce ? microBatchSize : atOnce,
    validationBatchSize: Math.min(validationBatchSize, atOnce),
  };
  return { ...job, training };
}
