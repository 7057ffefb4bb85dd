/** The loss of a micro-batch as one dispatch with its gradient, and what the step's record keeps of it. WebGPU only; `training/losses.ts` is its reference. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { launch } from '../launch/launch.ts';
import { specialize } from '../launch/specialize.ts';
import { floatBits } from '../launch/uniforms.ts';
import source from './loss.wgsl?raw';

/** Values of the record before predictions: class and return loss, auxiliary, norm, applied, Σ|error|, nine confusion counts, one load an expert, one auxiliary a block. */
export const recordHead = (experts: number, blocks: number): number => 15 + experts + blocks;

export interface LossSettings {
  readonly returnWeight: number;
  readonly auxiliaryWeight: number;
  /** Windows of the whole batch, at full size. */
  readonly batch: number;
  /** First window of the micro-batch, its real windows, and its share among the micro-batches. */
  readonly first: number;
  readonly real: number;
  readonly pieceShare: number;
}

export interface LossInputs {
  /** `[rows, 3]` and `[rows]` */
  readonly direction: tf.Tensor;
  readonly returns: tf.Tensor;
  readonly routing: {
    readonly auxiliary: tf.Tensor;
    /** `[experts]` */
    readonly load: tf.Tensor;
    /** Scalars, one a block. */
    readonly auxiliaries: readonly tf.Tensor[];
  } | null;
}

/**
 * The root of the gradient: it takes its upstream gradient to be 1.
 * @param goal `[rows, 7]`: three folded class targets, scaled return, share, and the class and scaled return that are scored
 * @param record the step's stretch, written in place
 * @returns scalar
 */
export function lossOf({ direction, returns, routing }: LossInputs, goal: tf.Tensor, record: tf.Tensor, settings: LossSettings): tf.Scalar {
  const rows = returns.size;
  const experts = routing?.load.size ?? 0;
  const blocks = routing?.auxiliaries.length ?? 0;
  const run = (...given: unknown[]) => {
    // One tensor: a stage has few bindings.
    const told = routing && tf.concat([routing.load, ...routing.auxiliaries.map((auxiliary) => auxiliary.reshape([1]))]);
    const [total, dLogits, dReturns] = launch({
      program: specialize('loss', source, { ROUTED: routing !== null, TOLD: experts + blocks }),
      inputs: [direction, returns, goal, ...(routing ? [routing.auxiliary, told as tf.Tensor] : [])],
      targets: [record],
      outputs: [[], direction.shape, returns.shape],
      uniform: [
        rows,
        settings.first,
        settings.real,
        settings.first === 0 ? 1 : 0,
        floatBits(settings.returnWeight),
        floatBits(settings.auxiliaryWeight),
        floatBits(settings.pieceShare),
        recordHead(experts, blocks),
        settings.batch,
      ],
      workgroups: [1, 1, 1],
    }) as [tf.Scalar, tf.Tensor, tf.Tensor];
    keepForBackward(given.at(-1), [dLogits, dReturns]);
    return {
      value: total,
      gradFunc: (_: tf.Tensor, saved: tf.Tensor[]) => {
        const gradients = saved.slice(0, 2).map((gradient) => gradient.clone());
        return routing
          ? [...gradients, tf.scalar(settings.auxiliaryWeight * settings.pieceShare).reshape(routing.auxiliary.shape)]
          : gradients;
      },
    };
  };
  return tf.customGrad(run as never)(direction, returns, ...(routing ? [routing.auxiliary] : [])) as tf.Scalar;
}
