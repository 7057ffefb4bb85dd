/** Softmax and its backward as one launch each. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import source from './softmax.wgsl?raw';

function run(first: tf.Tensor, second: tf.Tensor, backward: boolean): tf.Tensor {
  const length = first.shape[first.shape.length - 1] as number;
  const rows = first.size / length;
  const { workgroups, across } = coverRows(rows);
  const [result] = launch({
    program: specialize('softmax', source, { BACKWARD: backward }),
    inputs: [first, second],
    outputs: [first.shape],
    uniform: [rows, length, across],
    workgroups,
  });
  return result as tf.Tensor;
}

/** @param x `[…, length]`, same shape back */
export const runSoftmax = (x: tf.Tensor): tf.Tensor => run(x, x, false);

/** @param y what the forward pass gave @param dy upstream gradient */
export const runSoftmaxBackward = (y: tf.Tensor, dy: tf.Tensor): tf.Tensor => run(y, dy, true);
