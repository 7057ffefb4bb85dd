/** Two deep heads out of single operations: stock ones in the reference, single kernels where the fused heads do not fit a device. */
import type * as tf from '@tensorflow/tfjs';
import { dropout } from '../dropout/op.ts';
import type { DropoutSite } from '../dropout/site.ts';
import { gelu } from '../gelu/op.ts';
import { layerNorm } from '../layer-norm/op.ts';
import { linear } from '../linear/op.ts';

/** A linear layer and the layer norm behind it. */
export interface NormedLayer {
  /** `[out, in]` and `[out]` */
  readonly weight: tf.Tensor;
  readonly bias: tf.Tensor;
  /** Weight and bias of the norm, `[out]` */
  readonly gain: tf.Tensor;
  readonly shift: tf.Tensor;
}

export interface DeepHead {
  readonly layers: readonly [NormedLayer, NormedLayer];
  /** The last linear layer, `[outputs, in]` and `[outputs]`. */
  readonly weight: tf.Tensor;
  readonly bias: tf.Tensor;
  /** Dropout behind each layer. */
  readonly sites: readonly [DropoutSite | null, DropoutSite | null];
}

/** Two values, one for each head. */
export type Pair<T> = readonly [T, T];

function head(x: tf.Tensor, { layers, weight, bias, sites }: DeepHead): tf.Tensor {
  let y = x;
  for (const i of [0, 1] as const) {
    const layer = layers[i];
    y = dropout(gelu(layerNorm(linear(y, layer.weight, layer.bias), layer.gain, layer.shift)), sites[i]);
  }
  return linear(y, weight, bias);
}

/** @param x `[rows, in]` @returns `[rows, outputs]` of each head */
export const deepHeads = (x: tf.Tensor, heads: Pair<DeepHead>): Pair<tf.Tensor> => [head(x, heads[0]), head(x, heads[1])];
