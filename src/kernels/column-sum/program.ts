/** Column sums of a tall matrix in two launches, in an order that is always the same; those of its product with another come along. */
import type * as tf from '@tensorflow/tfjs';
import type { GradientTarget } from '../launch/gradient-target.ts';
import { launch } from '../launch/launch.ts';
import { specialize } from '../launch/specialize.ts';
import finish from './finish.wgsl?raw';
import parts from './parts.wgsl?raw';

/** Threads that keep a device busy, and rows that make a chunk worth a thread. */
const enoughThreads = 4096;
const shortestChunk = 32;

export interface ColumnSums {
  /** `Σ given`, `[width]` */
  readonly sums: tf.Tensor;
  /** `Σ given ⊙ other`, `[width]`; null without `other` */
  readonly products: tf.Tensor | null;
}

/**
 * @param given and `other` `[rows, width]`
 * @param sumTarget and `productTarget`: places to write or add to, both or neither
 */
export function columnSums(
  given: tf.Tensor,
  other: tf.Tensor | null,
  sumTarget: GradientTarget | null = null,
  productTarget: GradientTarget | null = null,
): ColumnSums {
  const [rows, width] = given.shape as [number, number];
  const wanted = Math.max(1, Math.min(Math.ceil(enoughThreads / width), Math.ceil(rows / shortestChunk)));
  const length = Math.ceil(rows / wanted);
  const chunks = Math.ceil(rows / length);
  const PRODUCT = other !== null;
  const count = PRODUCT ? 2 : 1;
  const partial = launch({
    program: specialize('column-sum-parts', parts, { PRODUCT }),
    inputs: other ? [given, other] : [given],
    outputs: Array.from({ length: count }, () => [chunks, width]),
    uniform: [rows, width, chunks, length],
    workgroups: [Math.ceil((chunks * width) / 64), 1, 1],
  });
  const targets = [sumTarget, productTarget].slice(0, count).filter((target) => target !== null);
  if (targets.length !== 0 && targets.length !== count) throw new Error('column sums go all to targets or none');
  const made = launch({
    program: specialize('column-sum-finish', finish, { PRODUCT, ACCUMULATE: targets[0]?.accumulate ?? false }),
    inputs: partial,
    targets: targets.map(({ tensor }) => tensor),
    outputs: targets.length > 0 ? [] : Array.from({ length: count }, () => [width]),
    uniform: [width, chunks],
    workgroups: [Math.ceil(width / 64), 1, 1],
  });
  for (const part of partial) part.dispose();
  const [sums, products = null] = targets.length > 0 ? targets.map(({ tensor }) => tensor) : made;
  return { sums: sums as tf.Tensor, products };
}
