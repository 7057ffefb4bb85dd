/** Smaller micro-batches where the device has too little memory: gradients accumulate to the same result. */
import type { TrainingConfig } from './fields.ts';

const halfOf = (count: number): number => Math.ceil(count / 2);

/** @returns half the micro-batch and half the validation batch; null where a step is one window at a time already */
export function halveMicroBatch(training: TrainingConfig): TrainingConfig | null {
  const { batchSize, microBatchSize, validationBatchSize } = training;
  const now = microBatchSize === 0 ? batchSize : Math.min(microBatchSize, batchSize);
  if (now === 1 && validationBatchSize === 1) return null;
  return { ...training, microBatchSize: halfOf(now), validationBatchSize: halfOf(validationBatchSize) };
}
