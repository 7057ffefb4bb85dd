/** The computing half of a model: parameters and one forward function in the style of the paper. Worker side only. */
import type * as tf from '@tensorflow/tfjs';
import type { DropoutSite } from '../kernels/dropout/site.ts';
import type { ParameterSpec } from './parameter.ts';

/** Parameters by PyTorch name; stacked ones by the name with `*`. */
export type Lookup = (name: string) => tf.Tensor;

export interface Parameters extends Lookup {
  /** The trainable ones whose names begin so. */
  readonly trainable: (prefix: string) => readonly tf.Tensor[];
}

export interface ForwardContext {
  /** The next place in this pass where dropout happens, or null where nothing is dropped: when evaluating, or at rate 0. */
  readonly site: (rate: number) => DropoutSite | null;
  /** Share of each window in means over the micro-batch, summing to 1; padding has 0. `[batch]` */
  readonly windowShare: Float32Array;
  /**
   * Where blocks keep only their input and compute their activations anew in the backward pass: makes of a stretch of the model one that
   * meets the same dropout sites each time it runs. Null where activations are kept.
   */
  readonly repeatable: (<A, T>(stretch: (given: A) => T) => (given: A) => T) | null;
}

export interface Routing {
  /** Auxiliary loss averaged over blocks. */
  readonly auxiliary: tf.Scalar;
  /** Load of each expert as a ratio to the ideal, averaged over blocks. `[experts]` */
  readonly load: tf.Tensor1D;
  /** Auxiliary loss of each block. */
  readonly auxiliaries: readonly tf.Scalar[];
  /** Router entropy of each block; empty in a pass that records. */
  readonly entropies: readonly tf.Scalar[];
}

export interface Outputs {
  /** Logits for down, flat, up. `[batch, 3]` */
  readonly direction: tf.Tensor2D;
  /** Return in units of the training returns' standard deviation. `[batch]` */
  readonly returns: tf.Tensor1D;
  /** MoE only. */
  readonly routing: Routing | null;
}

/** @param input `[batch, time, features]` */
export type Forward = (parameters: Parameters, input: tf.Tensor3D, context: ForwardContext) => Outputs;

/** A model whose first part is frozen: what it says of a window is the same at every step, and can be kept. */
export interface Split {
  /** Features that the base gives of one window. */
  readonly width: number;
  /**
   * @param input `[batch, time, features]`
   * @param repeatable under adapters: see `ForwardContext`
   * @returns pooled features `[batch, width]`; asks for frozen parameters (and adapters) only, and drops nothing
   */
  readonly base: (parameters: Parameters, input: tf.Tensor, repeatable?: ForwardContext['repeatable']) => tf.Tensor2D;
  /** The trainable rest. @param pooled a constant of the gradient, `[batch, width]` */
  readonly head: (parameters: Parameters, pooled: tf.Tensor2D, context: ForwardContext) => Outputs;
}

export interface Model {
  /** Experts of a block whose load is told with each step; 0 for models without. */
  readonly experts: number;
  /** Blocks with experts, whose auxiliary losses are told with each step; 0 for models without. */
  readonly routedBlocks: number;
  readonly parameters: readonly ParameterSpec[];
  readonly forward: Forward;
  /** Where the model is a frozen base under a trainable head: the two that `forward` is made of. */
  readonly split: Split | null;
}
