/** What a model will cost before it starts: bytes on the device and how many windows there are for each parameter. */
import type { ParameterCount } from '../../models/parameter.ts';

const bytesPerValue = 4;

export interface ModelBytes {
  readonly weights: number;
  readonly gradients: number;
  /** AdamW's two moments. */
  readonly optimizer: number;
  readonly total: number;
}

/** Bytes of weights, gradients and optimizer state in float32. Activations come on top: they depend on batch, T and engine. */
export function modelBytes(count: ParameterCount): ModelBytes {
  const weights = count.total * bytesPerValue;
  const gradients = count.trainable * bytesPerValue;
  const optimizer = 2 * count.trainable * bytesPerValue;
  return { weights, gradients, optimizer, total: weights + gradients + optimizer };
}

/** Optimizer steps of one epoch: the last batch may be smaller. */
export const stepsPerEpoch = (windows: number, batchSize: number): number => Math.ceil(windows / batchSize);
