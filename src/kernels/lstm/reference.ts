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

/**
 * @param x `[batch, time, in]`
 * @returns hidden states `[batch, time, hidden]`, starting from zero state
 */
export function lstmLayer(x: tf.Tensor, weights: RecurrentWeights): tf.Tensor {
  const hidden = weights.hiddenWeight.shape[1] as number;
  const products = linear(x, weights.inputWeight, weights.inputBias.add(weights.hiddenBias)); // [batch, time, 4·hidden]
  const states: tf.Tensor[] = [];
  let h: tf.Tensor2D | null = null;
  let c: tf.Tensor2D | null = null;
  for (const product of tf.unstack(products, 1)) {
    const z: tf.Tensor = h ? product.add(tf.matMul(h, weights.hiddenWeight as tf.Tensor2D, false, true)) : product;
    const [i, f, g, o] = tf.split(z, [hidden, hidden, hidden, hidden], 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const candidate: tf.Tensor2D = i.sigmoid().mul(g.tanh());
    c = c ? f.sigmoid().mul(c).add(candidate) : candidate;
    h = o.sigmoid().mul((c as tf.Tensor2D).tanh());
    states.push(h as tf.Tensor2D);
  }
  return tf.stack(states, 1);
}
