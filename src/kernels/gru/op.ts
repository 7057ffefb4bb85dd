/** One `torch.nn.GRU` layer (reset-after): input products as one product, the recurrence fused over all times where the device can, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { isConstant } from '../constant.ts';
import { keepForBackward } from '../keep-for-backward.ts';
import { weightGradients } from '../linear/op.ts';
import type { RecurrentWeights } from '../lstm/reference.ts';
import { runProduct } from '../matmul/program.ts';
import { layoutOf, type RecurrenceLayout } from '../recurrence/layout.ts';
import { runGru, runGruBackward } from './program.ts';
import { gruLayer as reference } from './reference.ts';

function fused(x: tf.Tensor, weights: RecurrentWeights, layout: RecurrenceLayout): tf.Tensor {
  const [batch, time, inputs] = x.shape as [number, number, number];
  const { inputWeight, hiddenWeight, inputBias, hiddenBias } = weights;
  const wantsInput = !isConstant(x);
  const rows = x.reshape([batch * time, inputs]);
  const run = (...given: unknown[]) => {
    const gates = runProduct(rows, inputWeight, { transposeB: true, bias: inputBias }).c.reshape([batch, time, 3 * layout.hidden]);
    const { states, previous, candidates } = runGru(gates, hiddenWeight, hiddenBias, layout);
    keepForBackward(given.at(-1), [rows, gates, previous, candidates]);
    return {
      value: states,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [input, dx, before, q] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        const dh = runGruBackward(dy, { previous: before, candidates: q }, dx, hiddenWeight, layout).reshape([batch * time, -1]);
        const flat = dx.reshape([batch * time, 3 * layout.hidden]);
        const [dInputWeight, dInputBias] = weightGradients(flat, input, inputWeight, inputBias);
        const [dHiddenWeight, dHiddenBias] = weightGradients(dh, before.reshape([batch * time, layout.hidden]), hiddenWeight, hiddenBias);
        const gradients = [dInputWeight, dHiddenWeight, dInputBias, dHiddenBias];
        return wantsInput ? [runProduct(flat, inputWeight).c.reshape(x.shape), ...gradients] : gradients;
      },
    };
  };
  const parameters = [inputWeight, hiddenWeight, inputBias, hiddenBias];
  return tf.customGrad(run as never)(...(wantsInput ? [x, ...parameters] : parameters));
}

/**
 * @param x `[batch, time, in]`
 * @returns hidden states `[batch, time, hidden]`, starting from zero state
 */
export function gruLayer(x: tf.Tensor, weights: RecurrentWeights): tf.Tensor {
  const layout = layoutOf('gru', weights.hiddenWeight.shape[1] as number, 3, x.shape[0] as number);
  return layout ? fused(x, weights, layout) : reference(x, weights);
}
