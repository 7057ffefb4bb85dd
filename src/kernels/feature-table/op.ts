/** A table of feature rows on the device that is filled and read by slot: one dispatch each where the device can, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { constant } from '../constant.ts';
import { accessBackend } from '../launch/backend-access.ts';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import { canFuse } from '../mode.ts';
import { gatherRows as referenceGather, scatterRows as referenceScatter } from './reference.ts';
import source from './rows.wgsl?raw';

/** Bytes that one table may have on the present device. */
export const largestTable = (): number =>
  tf.getBackend() === 'webgpu' ? accessBackend().device.limits.maxStorageBufferBindingSize : Number.POSITIVE_INFINITY;

/** An empty table that outlives `tf.tidy`, `[slots, width]`. Made on the device. */
export const createTable = (slots: number, width: number): tf.Tensor2D => tf.keep(tf.fill([slots, width], 0) as tf.Tensor2D);

function launchRows(inputs: tf.Tensor[], targets: tf.Tensor[], outputs: [number, number][], count: number, width: number): tf.Tensor[] {
  const { workgroups, across } = coverRows(count);
  return launch({
    program: specialize('feature-rows', source, { SCATTER: targets.length > 0 }),
    inputs,
    targets,
    outputs,
    uniform: [count, across, width],
    workgroups,
  });
}

/** A constant of the gradient. @param slots `[n]` @returns `[n, width]` */
export function gatherRows(table: tf.Tensor2D, slots: Int32Array): tf.Tensor2D {
  if (!canFuse(64)) return constant(referenceGather(table, slots));
  const [n, width] = [slots.length, table.shape[1]];
  const indices = tf.tensor1d(slots, 'int32');
  const [rows] = launchRows([table, indices], [], [[n, width]], n * width, width);
  indices.dispose();
  return constant(rows as tf.Tensor2D);
}

/** Writes `rows` `[n, width]` at `slots` `[n]`. @returns the table to use from now on; the given one may be gone */
export function scatterRows(table: tf.Tensor2D, slots: Int32Array, rows: tf.Tensor2D): tf.Tensor2D {
  if (!canFuse(64)) return tf.keep(referenceScatter(table, slots, rows));
  const indices = tf.tensor1d(slots, 'int32');
  launchRows([rows, indices], [table], [], rows.size, table.shape[1]);
  indices.dispose();
  return table;
}
