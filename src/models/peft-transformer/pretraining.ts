/** Self-supervised pre-training of the PEFT base: masked bars of a window are filled in by a linear layer over the encoder. */
import type * as tf from '@tensorflow/tfjs';
import { linear as apply } from '../../kernels/linear/op.ts';
import { parseValues } from '../../lib/fields.ts';
import { denseFeedForward, transformerBody } from '../blocks/parameters.ts';
import type { Parameters } from '../model.ts';
import type { ModelConfig } from '../model-spec.ts';
import { linear, type ParameterSpec } from '../parameter.ts';
import { encodeBars } from './model.ts';
import { peftTransformerFields } from './spec.ts';

export interface Pretraining {
  /** The base under its own names, all of it trainable, and `reconstruct`, width → features. */
  readonly parameters: readonly ParameterSpec[];
  /** @param input `[batch, time, features]`, masked bars 0 @returns the same shape: every bar as the model would have it */
  readonly reconstruct: (p: Parameters, input: tf.Tensor) => tf.Tensor;
}

export function buildPretraining(config: ModelConfig, featureCount: number): Pretraining {
  const sizes = { ...parseValues(peftTransformerFields, config, 'model'), loraRank: 0 };
  return {
    parameters: [
      ...transformerBody(sizes, featureCount, denseFeedForward(sizes.width, sizes.feedForward)),
      ...linear('reconstruct', sizes.width, featureCount),
    ],
    reconstruct: (p, input) => apply(encodeBars(p, input, sizes, null), p('reconstruct.weight'), p('reconstruct.bias')),
  };
}
