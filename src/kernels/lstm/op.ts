/** One `torch.nn.LSTM` layer: input products as one product, the recurrence fused over all times where the device can, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { isConstant } from '../constant.ts';
import { keepForBackward } from '../keep-for-backward.ts';
import { weightGradients } from '../linear/op.ts';
import { runProduct } from '../matmul/program.ts';
import { layoutOf, type RecurrenceLayout } from '../recurrence/layout.ts';
import { runLstm, runLstmBackward } from './program.ts';
import { type RecurrentWeights, lstmLayer as reference } from './reference.ts';

function fused(x: tf.Tensor, weights: RecurrentWeights, layout: RecurrenceLayout): tf.Tensor {
  const [batch, time, inputs] = x.shape as [number, number, number];
  const { inputWeight, hiddenWeight, inputBias, hiddenBias } = weights;
  const wantsInput = !isConstant(x);
  const rows = x.reshape([batch * time, inputs]);
  const run = (...given: unknown[]) => {
    const gates = runProduct(rows, inputWeight, { transposeB: true, bias: inputBias }).c.reshape([batch, time, 4 * layout.hidden]);
    const { states, previous, cells } = runLstm(gates, hiddenWeight, hiddenBias, layout);
    keepForBackward(given.at(-1), [rows, gates, previous, cells]);
    return {
      value: states,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [input, dz, before, c] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        runLstmBackward(dy, c, dz, hiddenWeight, layout);
        const flat = dz.reshape([batch * time, 4 * layout.hidden]);
        const [dInputWeight, dInputBias] = weightGradients(flat, input, inputWeight, inputBias);
        const [dHiddenWeight, dHiddenBias] = weightGradients(flat, before.reshape([batch * time, layout.hidden]), hiddenWeight, hiddenBias);
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
export function lstmLayer(x: tf.Tensor, weights: RecurrentWeights): tf.Tensor {
  const layout = layoutOf('lstm', weights.hiddenWeight.shape[1] as number, 4, x.shape[0] as number);
  return layout ? fused(x, weights, layout) : reference(x, weights);
}
