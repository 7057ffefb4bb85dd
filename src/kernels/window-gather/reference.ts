/** A batch of windows gathered by row index on the device; windows are never materialised for the whole data set. */
import * as tf from '@tensorflow/tfjs';

/**
 * @param features `[N, F]`
 * @param lastRows row of each window's last bar, `[batch]`
 * @returns `[batch, time, F]`, oldest bar first
 */
export function gatherWindows(features: tf.Tensor2D, lastRows: Int32Array, time: number): tf.Tensor3D {
  const indices = new Int32Array(lastRows.length * time);
  for (let b = 0; b < lastRows.length; b++) {
    const first = (lastRows[b] as number) - time + 1;
    for (let t = 0; t < time; t++) indices[b * time + t] = first + t;
  }
  return tf.tidy(() => tf.gather(features, tf.tensor1d(indices, 'int32')).reshape([lastRows.length, time, features.shape[1]]));
}
