/** The recurrent benches as a user of tf.layers writes them: a sequential model, compiled, one `trainOnBatch` a step. */
import * as tf from '@tensorflow/tfjs';
import type { Contender } from '../contender.ts';
import { normals, oneHotRows } from '../random-values.ts';
import { classes, learningRate, type RecurrentShape } from '../shapes.ts';
import { stockContender } from './tf-stock.ts';

const layers = {
  // Its default is the hard sigmoid; PyTorch's cell and ours have the true one.
  lstm: (units: number, inputShape: [number, number]) =>
    tf.layers.lstm({ units, inputShape, recurrentActivation: 'sigmoid', returnSequences: false }),
  // tfjs throws at `resetAfter: true` (PyTorch's form); left out, it is the other form, which costs the same products.
  gru: (units: number, inputShape: [number, number]) =>
    tf.layers.gru({ units, inputShape, recurrentActivation: 'sigmoid', returnSequences: false }),
};

export const tfRecurrent = (kind: keyof typeof layers, { batch, time, features, hidden }: RecurrentShape): Contender =>
  stockContender(() => {
    const model = tf.sequential();
    model.add(layers[kind](hidden, [time, features]));
    model.add(tf.layers.dense({ units: classes, activation: 'softmax' }));
    model.compile({ optimizer: tf.train.adam(learningRate), loss: 'categoricalCrossentropy' });
    const input = tf.tensor3d(normals(batch * time * features, 1), [batch, time, features]);
    const target = tf.tensor2d(oneHotRows(batch, classes), [batch, classes]);
    let loss = Number.NaN;
    return {
      // The loss is read back by `trainOnBatch` itself.
      step: async () => {
        loss = (await model.trainOnBatch(input, target)) as number;
      },
      readLoss: async () => loss,
      dispose: () => {
        model.dispose();
        tf.dispose([input, target]);
      },
    };
  });
