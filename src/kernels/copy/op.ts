/** Copies or adds a tensor into another in place. WebGPU only. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import source from './copy.wgsl?raw';

/** @param target as many values as `given`, another buffer @param add to what is there */
export function copyInto(target: tf.Tensor, given: tf.Tensor, add: boolean): void {
  const { workgroups, across } = coverRows(Math.ceil(given.size / 4));
  launch({
    program: specialize('copy', source, { ADD: add }),
    inputs: [given],
    targets: [target],
    outputs: [],
    uniform: [given.size, across],
    workgroups,
  });
}
