/** One `torch.nn.LSTM` layer: fused where the device can, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { linear } from '../linear/reference.ts';
import { product } from '../matmul/op.ts';
import { canFuse } from '../mode.ts';
import { runLstm, runLstmBackward } from './program.ts';
import { type RecurrentWeights, lstmLayer as reference } from './reference.ts';

/** The states one step earlier, zero at the first. `[batch, time, hidden]` → `[batch·time, hidden]` */
export function previousStates(states: tf.Tensor): tf.Tensor {
  const [batch, time, hidden] = states.shape as [number, number, number];
  const first = tf.zeros([batch, 1, hidden]);
  const shifted = time === 1 ? first : tf.concat([first, states.slice([0, 0, 0], [batch, time - 1, hidden])], 1);
  return shifted.reshape([batch * time, hidden]);
}

const recurrence = tf.customGrad((x, w, save) => {
  const [products, weight] = [x as tf.Tensor, w as tf.Tensor];
  const { states, cells, gates } = runLstm(products, weight);
  keepForBackward(save, [states, cells, gates, weight]);
  return {
    value: states,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [h, c, kept, u] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      const dz = runLstmBackward(dy, c, kept, u);
      const flat = dz.reshape([-1, dz.shape[2] as number]);
      return [dz, tf.tidy(() => product(flat, previousStates(h), true))];
    },
  };
});

/**
 * @param x `[batch, time, in]`
 * @returns hidden states `[batch, time, hidden]`, starting from zero state
 */
export function lstmLayer(x: tf.Tensor, weights: RecurrentWeights): tf.Tensor {
  if (!canFuse(weights.hiddenWeight.shape[1] as number)) return reference(x, weights);
  return recurrence(linear(x, weights.inputWeight, weights.inputBias.add(weights.hiddenBias)), weights.hiddenWeight);
}
