/** Dropout from the counter-based generator: the mask at an element depends on seed, row and position alone, so any micro-batching draws the same bits. */
import * as tf from '@tensorflow/tfjs';
import { uniformAt } from '../../lib/random.ts';
import type { DropoutSite } from './site.ts';

/**
 * @param shape of the mask; dimension 0 is the row
 * @returns 0 with probability `rate`, else 1/(1 − rate)
 */
export function dropoutMask(shape: readonly number[], { rate, seed, firstRow }: DropoutSite): tf.Tensor {
  const rows = shape[0] as number;
  const perRow = shape.slice(1).reduce((product, size) => product * size, 1);
  const values = new Float32Array(rows * perRow);
  const scale = 1 / (1 - rate);
  const offset = firstRow * perRow;
  for (let i = 0; i < values.length; i++) values[i] = uniformAt(seed, offset + i) < rate ? 0 : scale;
  return tf.tensor(values, [...shape]);
}
