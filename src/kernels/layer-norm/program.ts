/** Layer norm and its backward as one launch each. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import backward from './backward.wgsl?raw';
import forward from './forward.wgsl?raw';

/** @param x `[rows, length]` @returns y and x̂ `[rows, length]`, and 1/√(variance + ε) `[rows]` */
export function runLayerNorm(x: tf.Tensor2D, weight: tf.Tensor, bias: tf.Tensor): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const [rows, length] = x.shape;
  const { workgroups, across } = coverRows(rows);
  return launch({
    program: specialize('layer-norm-forward', forward, {}),
    inputs: [x, weight, bias],
    outputs: [x.shape, x.shape, [rows]],
    uniform: [rows, length, across],
    workgroups,
  }) as [tf.Tensor, tf.Tensor, tf.Tensor];
}

/** @param dy upstream gradient `[rows, length]` @returns dx `[rows, length]` */
export function runLayerNormBackward(dy: tf.Tensor, weight: tf.Tensor, normal: tf.Tensor, inverse: tf.Tensor): tf.Tensor {
  const [rows, length] = dy.shape as [number, number];
  const { workgroups, across } = coverRows(rows);
  const [dx] = launch({
    program: specialize('layer-norm-backward', backward, {}),
    inputs: [dy, weight, normal, inverse],
    outputs: [dy.shape],
    uniform: [rows, length, across],
    workgroups,
  });
  return dx as tf.Tensor;
}
