/** Softmax cross-entropy through the studio's loss kernel, with its second target, the return, left out. */
import * as tf from '@tensorflow/tfjs';
import { lossOf, recordHead } from '../../../src/kernels/loss/op.ts';
import { oneHotRows } from '../random-values.ts';
import { classes } from '../shapes.ts';

export interface CrossEntropy {
  /** @param logits `[batch, 3]` */
  of(logits: tf.Tensor): tf.Scalar;
  dispose(): void;
}

export function crossEntropy(batch: number): CrossEntropy {
  const target = oneHotRows(batch, classes);
  // Columns: class targets of the mean, return, share, and what would be scored.
  const row = (index: number): number[] => [
    ...Array.from(target.subarray(index * classes, (index + 1) * classes), (v) => v / batch),
    0,
    0,
    0,
    0,
  ];
  const goal = tf.tensor2d(
    Array.from({ length: batch }, (_, index) => row(index)),
    [batch, 7],
  );
  const returns = tf.zeros([batch]) as tf.Tensor;
  const record = tf.keep(tf.zeros([recordHead(0, 0) + 4 * batch]));
  const settings = { returnWeight: 0, auxiliaryWeight: 0, batch, first: 0, real: batch, pieceShare: 1 };
  return {
    of: (logits) => lossOf({ direction: logits, returns, routing: null }, goal, record, settings),
    dispose: () => tf.dispose([goal, returns, record]),
  };
}
