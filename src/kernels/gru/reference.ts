/** One `torch.nn.GRU` layer (reset-after form: the reset gate multiplies the hidden product with its bias) in stock operations. Gates r, z, n. */
import * as tf from '@tensorflow/tfjs';
import { linear } from '../linear/reference.ts';
import { type RecurrentWeights, timeSteps } from '../lstm/reference.ts';

/**
 * `r = σ(x_r + h_r)`, `z = σ(x_z + h_z)`, `n = tanh(x_n + r·h_n)`, `h' = n + z·(h − n)`.
 * @param x `[batch, time, in]`
 * @returns hidden states `[batch, time, hidden]`, starting from zero state
 */
export function gruLayer(x: tf.Tensor, weights: RecurrentWeights): tf.Tensor {
  const hidden = weights.hiddenWeight.shape[1] as number;
  const sizes = [hidden, hidden, hidden];
  const products = linear(x, weights.inputWeight, weights.inputBias); // [batch, time, 3·hidden]
  const states: tf.Tensor[] = [];
  let h: tf.Tensor2D = tf.zeros([x.shape[0] as number, hidden]);
  for (const product of timeSteps(products)) {
    const recurrent = linear(h, weights.hiddenWeight, weights.hiddenBias);
    const [xr, xz, xn] = tf.split(product, sizes, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const [hr, hz, hn] = tf.split(recurrent, sizes, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const n: tf.Tensor2D = xn.add(xr.add(hr).sigmoid().mul(hn)).tanh() as tf.Tensor2D;
    h = n.add(xz.add(hz).sigmoid().mul(h.sub(n))) as tf.Tensor2D;
    states.push(h);
  }
  return tf.stack(states, 1);
}
