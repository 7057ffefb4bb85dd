/** One `torch.nn.LSTM` layer in stock operations: input products of all times as one matmul, then the recurrence unrolled. Gates in PyTorch's order i, f, g, o. */
import * as tf from '@tensorflow/tfjs';
import { linear } from '../linear/reference.ts';

export interface RecurrentWeights {
  /** `[gates·hidden, in]` */
  readonly inputWeight: tf.Tensor;
  /** `[gates·hidden, hidden]` */
  readonly hiddenWeight: tf.Tensor;
  /** `[gates·hidden]` each */
  readonly inputBias: tf.Tensor;
  readonly hiddenBias: tf.Tensor;
}

/** `[batch, time, n]` → one `[batch, n]` a step. tfjs cannot differentiate an unstack into a single tensor. */
export function timeSteps(x: tf.Tensor): tf.Tensor[] {
  const [batch, time, n] = x.shape as [number, number, number];
  return time === 1 ? [x.reshape([batch, n])] : tf.unstack(x, 1);
}

/**
 * @param x `[batch, time, in]`
 * @returns hidden states `[batch, time, hidden]`, starting from zero state
 */
export function lstmLayer(x: tf.Tensor, weights: RecurrentWeights): tf.Tensor {
  const hidden = weights.hiddenWeight.shape[1] as number;
  const products = linear(x, weights.inputWeight, weights.inputBias.add(weights.hiddenBias)); // [batch, time, 4·hidden]
  const states: tf.Tensor[] = [];
  let h: tf.Tensor2D = tf.zeros([x.shape[0] as number, hidden]);
  let c: tf.Tensor2D | null = null;
  for (const product of timeSteps(products)) {
    const z: tf.Tensor = product.add(tf.matMul(h, weights.hiddenWeight as tf.Tensor2D, false, true));
    const [i, f, g, o] = tf.split(z, [hidden, hidden, hidden, hidden], 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const candidate: tf.Tensor2D = i.sigmoid().mul(g.tanh());
    c = c ? f.sigmoid().mul(c).add(candidate) : candidate;
    h = o.sigmoid().mul((c as tf.Tensor2D).tanh());
    states.push(h);
  }
  return tf.stack(states, 1);
}
