/** Which windows make one step, with their targets: everything the host prepares before the device works. */
import type { Prepared } from '../data/prepared.ts';
import { createRandom, deriveSeed, shuffle } from '../lib/random.ts';
import type { TrainingConfig } from './fields.ts';
import { addClassTargets, type ClassWeights, weightSum } from './losses.ts';
import { drawMixup } from './mixup.ts';

export interface Mix {
  readonly lambda: number;
  /** Last rows of the partner windows. `[count]` */
  readonly partners: Int32Array;
}

export interface Batch {
  /** Row of each window's last bar. `[count]` */
  readonly rows: Int32Array;
  readonly mix: Mix | null;
  /** Folded class targets `[count, 3]`, already divided by the batch's weights. */
  readonly classTarget: Float32Array;
  /** Scaled return targets `[count]`. */
  readonly returnTarget: Float32Array;
  /** Class and raw return that a prediction is scored against: the larger share where windows are mixed. */
  readonly classes: Int8Array;
  readonly returns: Float64Array;
  /** The same return in the unit of the target. `[count]` */
  readonly scoredReturns: Float32Array;
}

/** Rows of the training windows in this epoch's order. */
export function epochOrder(windows: Int32Array, seed: number, epoch: number): Int32Array {
  return shuffle(windows.slice(), createRandom(deriveSeed(seed, 'order', epoch)));
}

/**
 * @param rows last rows of the batch's windows
 * @param step 0-based optimizer step, the coordinate of the batch's random draws
 */
export function makeBatch(prepared: Prepared, rows: Int32Array, weights: ClassWeights, config: TrainingConfig, step: number): Batch {
  const drawn = config.traceSteps > 0 ? null : drawMixup(config, rows.length, createRandom(deriveSeed(config.seed, 'mixup', step)));
  const lambda = drawn?.lambda ?? 1;
  const partners = drawn ? Int32Array.from(drawn.permutation, (i) => rows[i] as number) : rows;
  const classesOf = (of: Int32Array): Int8Array => Int8Array.from(of, (row) => prepared.classes[row] as number);
  const returnsOf = (of: Int32Array): Float64Array => Float64Array.from(of, (row) => prepared.returns[row] as number);
  const divisor = weightSum(classesOf(rows), weights);
  const classTarget = new Float32Array(rows.length * 3);
  addClassTargets(classTarget, classesOf(rows), weights, config.labelSmoothing, divisor, lambda);
  if (drawn) addClassTargets(classTarget, classesOf(partners), weights, config.labelSmoothing, divisor, 1 - lambda);
  const [own, others] = [returnsOf(rows), returnsOf(partners)];
  const deviation = prepared.summary.labels.returnDeviation;
  const scored = lambda >= 0.5 ? rows : partners;
  return {
    rows,
    mix: drawn ? { lambda, partners } : null,
    classTarget,
    returnTarget: Float32Array.from(own, (value, i) => (lambda * value + (1 - lambda) * (others[i] as number)) / deviation),
    classes: classesOf(scored),
    returns: returnsOf(scored),
    scoredReturns: Float32Array.from(returnsOf(scored), (value) => value / deviation),
  };
}
