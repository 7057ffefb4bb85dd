/** A training step in stock tfjs operations: variables, and `minimize` of `tf.train.adam`, which is `tf.variableGrads` and an update. */
import * as tf from '@tensorflow/tfjs';
import type { Contender } from '../contender.ts';
import { learningRate } from '../shapes.ts';
import { flushStock, stockContender } from './tf-stock.ts';

/** Variables by name, small and normal. */
export function makeVariables(shapes: Readonly<Record<string, readonly number[]>>): Record<string, tf.Variable> {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape], i) => [name, tf.variable(tf.randomNormal([...shape], 0, 0.1, 'float32', 10 + i))]),
  );
}

interface Problem {
  readonly variables: Readonly<Record<string, tf.Variable>>;
  readonly loss: () => tf.Scalar;
  /** What else there is to free. */
  readonly batch: tf.Tensor[];
}

/** @param build makes the variables and the batch, and gives the loss over them */
export const tfTraining = (build: () => Problem): Contender =>
  stockContender(() => {
    const { variables, loss, batch } = build();
    const optimizer = tf.train.adam(learningRate);
    const all = Object.values(variables);
    let last: tf.Scalar | null = null;
    return {
      step: () => {
        last?.dispose();
        last = optimizer.minimize(loss, true, all);
        flushStock();
      },
      readLoss: async () => (await last?.data())?.[0] ?? Number.NaN,
      dispose: () => {
        last?.dispose();
        optimizer.dispose();
        tf.dispose([...all, ...batch]);
      },
    };
  });
