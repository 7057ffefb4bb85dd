/** GELU and its backward as one launch each. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import part from './function.wgsl?raw';
import source from './gelu.wgsl?raw';

function run(x: tf.Tensor, dy: tf.Tensor | null): tf.Tensor {
  const { workgroups, across } = coverRows(x.size);
  const [result] = launch({
    program: specialize('gelu', source, { BACKWARD: dy !== null }, [part]),
    inputs: dy ? [x, dy] : [x],
    outputs: [x.shape],
    uniform: [x.size, across],
    workgroups,
  });
  return result as tf.Tensor;
}

/** Any shape, same shape back. */
export const runGelu = (x: tf.Tensor): tf.Tensor => run(x, null);

/** @param dy upstream gradient, shaped as `x` */
export const runGeluBackward = (x: tf.Tensor, dy: tf.Tensor): tf.Tensor => run(x, dy);
