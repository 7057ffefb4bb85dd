/** Clip by the global norm and AdamW over the whole arena in three dispatches, nothing read back. WebGPU only; `training/optimizer.ts` is its reference. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import { floatBits } from '../launch/uniforms.ts';
import source from './adamw.wgsl?raw';
import controlSource from './control.wgsl?raw';
import partsSource from './norm-parts.wgsl?raw';

/** Threads that add squares: more than a short gradient is worth cost a software adapter time. */
const normThreadsOf = (count: number): number => (count < 2 ** 19 ? 1024 : 4096);

export interface AdamWState {
  /** `[P]` each, changed in place except the gradient; P divides by four. */
  readonly gradient: tf.Tensor;
  readonly values: tf.Tensor;
  readonly firstMoment: tf.Tensor;
  readonly secondMoment: tf.Tensor;
  /** `[3]`: clip factor, whether the step counts, whether an earlier one did not. Zero at the start. */
  readonly control: tf.Tensor;
}

export interface AdamWSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Largest global norm; 0 turns clipping off. */
  readonly clipNorm: number;
}

/**
 * @param record of the step: its losses are checked, its norm and whether it was applied are written
 * @param step 1-based count of steps, for the bias correction
 */
export function updateInPlace(state: AdamWState, record: tf.Tensor, step: number, learningRate: number, settings: AdamWSettings): void {
  const { beta1, beta2, epsilon, weightDecay, clipNorm } = settings;
  const { gradient, values, firstMoment, secondMoment, control } = state;
  const quads = values.size / 4;
  const normThreads = normThreadsOf(values.size);
  const [parts] = launch({
    program: specialize('norm-parts', partsSource, { THREADS: normThreads }),
    inputs: [gradient],
    outputs: [[normThreads]],
    uniform: [quads],
    workgroups: [normThreads / 64, 1, 1],
  }) as [tf.Tensor];
  launch({
    program: specialize('adamw-control', controlSource, { THREADS: normThreads }),
    inputs: [parts],
    targets: [record, control],
    outputs: [],
    uniform: [floatBits(clipNorm)],
    workgroups: [1, 1, 1],
  });
  parts.dispose();
  // A thread takes four fours.
  const { workgroups } = coverRows(Math.ceil(quads / 4));
  const floats = [
    beta1,
    beta2,
    1 - beta1,
    1 - beta2,
    1 - learningRate * weightDecay,
    learningRate / (1 - beta1 ** step),
    Math.sqrt(1 - beta2 ** step),
    epsilon,
  ];
  launch({
    program: specialize('adamw', source, {}),
    inputs: [gradient, control],
    targets: [values, firstMoment, secondMoment],
    outputs: [],
    uniform: [quads, workgroups[0], ...floats.map(floatBits)],
    volatile: true,
    workgroups,
  });
}
