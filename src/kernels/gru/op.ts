/** One `torch.nn.GRU` layer (reset-after): fused where the device can, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { linear } from '../linear/reference.ts';
import { previousStates } from '../lstm/op.ts';
import type { RecurrentWeights } from '../lstm/reference.ts';
import { product } from '../matmul/op.ts';
import { canFuse } from '../mode.ts';
import { columnSum } from '../rows/reference.ts';
import { runGru, runGruBackward } from './program.ts';
import { gruLayer as reference } from './reference.ts';

const recurrence = tf.customGrad((x, w, b, save) => {
  const [products, weight, bias] = [x as tf.Tensor, w as tf.Tensor, b as tf.Tensor];
  const { states, gates } = tf.tidy(() => runGru(products, weight, bias));
  keepForBackward(save, [states, gates, weight]);
  return {
    value: states,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [h, kept, u] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      const [inputGradient, hiddenGradient] = tf.tidy(() => runGruBackward(dy, h, kept, u));
      const flat = hiddenGradient.reshape([-1, hiddenGradient.shape[2] as number]) as tf.Tensor2D;
      return [inputGradient, tf.tidy(() => product(flat, previousStates(h), true)), columnSum(flat)];
    },
  };
});

/**
 * @param x `[batch, time, in]`
 * @returns hidden states `[batch, time, hidden]`, starting from zero state
 */
export function gruLayer(x: tf.Tensor, weights: RecurrentWeights): tf.Tensor {
  if (!canFuse(weights.hiddenWeight.shape[1] as number)) return reference(x, weights);
  return recurrence(linear(x, weights.inputWeight, weights.inputBias), weights.hiddenWeight, weights.hiddenBias);
}
