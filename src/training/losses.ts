/**
 * The loss of SPEC 3. Class weights, label smoothing, mixed targets and the division by the batch's weights are linear in the
 * targets, so they are folded into one target matrix on the host; the device sees `−Σ target ⊙ logSoftmax(logits)`.
 */
import type * as tf from '@tensorflow/tfjs';
import { logSoftmax } from '../kernels/softmax/reference.ts';
import type { TrainingConfig } from './fields.ts';

export type ClassWeights = readonly [number, number, number];

/** Sum of the weights of these classes: the divisor of PyTorch's weighted mean. */
export function weightSum(classes: ArrayLike<number>, weights: ClassWeights): number {
  let sum = 0;
  for (let i = 0; i < classes.length; i++) sum += weights[classes[i] as 0 | 1 | 2];
  return sum;
}

/**
 * Adds `share ·` the targets of `CrossEntropyLoss(weight, label_smoothing)` with class-index targets to `target`:
 * `(1−ε)·w_y` at the class and `ε/3·w_c` everywhere, divided by `divisor`.
 * @param target `[rows, 3]`, changed in place
 */
export function addClassTargets(
  target: Float32Array,
  classes: ArrayLike<number>,
  weights: ClassWeights,
  smoothing: number,
  divisor: number,
  share = 1,
): void {
  for (let row = 0; row < classes.length; row++) {
    const actual = classes[row] as 0 | 1 | 2;
    for (const c of [0, 1, 2] as const) {
      const hit = c === actual ? (1 - smoothing) * weights[c] : 0;
      const at = row * 3 + c;
      target[at] = (target[at] as number) + (share * (hit + (smoothing / 3) * weights[c])) / divisor;
    }
  }
}

/** `−Σ target ⊙ logSoftmax(logits)`, both `[rows, 3]`. */
export const crossEntropy = (logits: tf.Tensor2D, target: tf.Tensor2D): tf.Scalar => logSoftmax(logits).mul(target).sum().neg().asScalar();

/** `Σ share·(predicted − actual)²`, all `[rows]`; with `share = 1/B` the mean squared error. */
export const squaredError = (predicted: tf.Tensor1D, actual: tf.Tensor1D, share: tf.Tensor1D): tf.Scalar =>
  predicted.sub(actual).square().mul(share).sum().asScalar();

/** Loss and its parts, from sums over a whole part of the data. */
export interface LossParts {
  readonly classLoss: number;
  readonly returnLoss: number;
  readonly auxiliary: number;
}

export const totalLoss = (parts: LossParts, config: Pick<TrainingConfig, 'returnWeight' | 'auxiliaryWeight'>): number =>
  parts.classLoss + config.returnWeight * parts.returnLoss + config.auxiliaryWeight * parts.auxiliary;

/**
 * Cross-entropy of predictions already on the host, in float64; the same formula as the device's.
 * @param logits `[rows, 3]`
 */
export function hostCrossEntropy(logits: Float32Array, classes: ArrayLike<number>, weights: ClassWeights, smoothing: number): number {
  let sum = 0;
  for (let row = 0; row < classes.length; row++) {
    const z = [logits[row * 3] as number, logits[row * 3 + 1] as number, logits[row * 3 + 2] as number] as const;
    const top = Math.max(...z);
    const logSum = top + Math.log(z.reduce((total, value) => total + Math.exp(value - top), 0));
    const actual = classes[row] as 0 | 1 | 2;
    for (const c of [0, 1, 2] as const) {
      const hit = c === actual ? 1 - smoothing : 0;
      sum -= (hit + smoothing / 3) * weights[c] * (z[c] - logSum);
    }
  }
  return classes.length === 0 ? 0 : sum / weightSum(classes, weights);
}
