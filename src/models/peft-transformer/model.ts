/** Enhanced Transformer (PEFT): the same encoder, frozen and in inference mode, under deep heads. The backward pass stops at the heads. */
import type * as tf from '@tensorflow/tfjs';
import { timeMean } from '../../kernels/rows/reference.ts';
import { withoutGradient } from '../../kernels/stop-gradient/reference.ts';
import type { Values } from '../../lib/fields.ts';
import { denseFeedForward, encode, selfAttention } from '../blocks/encoder.ts';
import { deepHeads } from '../blocks/heads.ts';
import type { Forward, ForwardContext, Parameters } from '../model.ts';
import type { peftTransformerFields } from './spec.ts';

const inference: ForwardContext = { site: () => null, windowShare: new Float32Array() };

/** Pooled features of the frozen base. @param input `[batch, time, features]` @returns `[batch, width]` */
function base(p: Parameters, input: tf.Tensor, config: Values<typeof peftTransformerFields>): tf.Tensor {
  const attend = selfAttention(p, () => ({ heads: config.heads, window: null }));
  const encoded = encode(p, input, inference, { ...config, dropout: 0, attend, feedForward: denseFeedForward(p, inference, 0) });
  return timeMean(encoded);
}

export const peftTransformer =
  (config: Values<typeof peftTransformerFields>): Forward =>
  (p, input, context) => {
    const pooled = withoutGradient(input, (x) => base(p, x, config));
    return { ...deepHeads(p, pooled, context, config.headDropout), routing: null };
  };
