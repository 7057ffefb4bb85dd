/** Stacked recurrent layers with dropout between them, as `torch.nn.LSTM` and `torch.nn.GRU`. */
import type * as tf from '@tensorflow/tfjs';
import { dropout } from '../../kernels/dropout/op.ts';
import type { RecurrentWeights } from '../../kernels/lstm/reference.ts';
import type { ForwardContext, Lookup } from '../model.ts';

type Layer = (x: tf.Tensor, weights: RecurrentWeights) => tf.Tensor;

/** @param x `[batch, time, in]` @returns states of the last layer `[batch, time, hidden]` */
export function stackedLayers(
  p: Lookup,
  name: string,
  layer: Layer,
  layers: number,
  x: tf.Tensor,
  context: ForwardContext,
  rate: number,
): tf.Tensor {
  let states = x;
  for (let i = 0; i < layers; i++) {
    const weights = {
      inputWeight: p(`${name}.weight_ih_l${i}`),
      hiddenWeight: p(`${name}.weight_hh_l${i}`),
      inputBias: p(`${name}.bias_ih_l${i}`),
      hiddenBias: p(`${name}.bias_hh_l${i}`),
    };
    states = layer(i === 0 ? states : dropout(states, context.site(rate)), weights);
  }
  return states;
}
