/** Rows of a table by slot in stock operations. */
import * as tf from '@tensorflow/tfjs';

/** @param slots `[n]` @returns `[n, width]` */
export const gatherRows = (table: tf.Tensor2D, slots: Int32Array): tf.Tensor2D =>
  tf.tidy(() => tf.gather(table, tf.tensor1d(slots, 'int32')));

/** A table of its own with `rows` `[n, width]` at `slots`; the given one is disposed. */
export function scatterRows(table: tf.Tensor2D, slots: Int32Array, rows: tf.Tensor2D): tf.Tensor2D {
  const changed = tf.tidy(() => tf.tensorScatterUpdate(table, tf.tensor2d(slots, [slots.length, 1], 'int32'), rows));
  table.dispose();
  return changed as tf.Tensor2D;
}
