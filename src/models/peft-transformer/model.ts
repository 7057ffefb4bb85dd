/**
 * Enhanced Transformer (PEFT): the same encoder, frozen and in inference mode, under deep heads. The backward pass stops at the heads, or
 * goes through the frozen blocks to the adapters where there are any.
 */
import type * as tf from '@tensorflow/tfjs';
import { timeMean } from '../../kernels/rows/reference.ts';
import { withoutGradient } from '../../kernels/stop-gradient/reference.ts';
import type { Values } from '../../lib/fields.ts';
import { denseFeedForward, encode, selfAttention } from '../blocks/encoder.ts';
import { deepHeads } from '../blocks/heads.ts';
import { adapted } from '../blocks/lora.ts';
import type { Forward, ForwardContext, Parameters, Split } from '../model.ts';
import type { peftTransformerFields } from './spec.ts';

type Config = Values<typeof peftTransformerFields>;

/** A frozen base drops nothing. */
const inference = (repeatable: ForwardContext['repeatable']): ForwardContext => ({
  site: () => null,
  windowShare: new Float32Array(),
  repeatable,
});

/**
 * The encoder over time, before pooling.
 * @param input `[batch, time, features]`
 * @param repeatable see `ForwardContext`
 * @returns `[batch, time, width]`
 */
export function encodeBars(p: Parameters, input: tf.Tensor, config: Config, repeatable: ForwardContext['repeatable']): tf.Tensor {
  const context = inference(repeatable);
  const project = config.loraRank > 0 ? adapted(p, config.loraAlpha / config.loraRank) : undefined;
  const attend = selfAttention(p, () => ({ heads: config.heads, window: null }), project);
  return encode(p, input, context, { ...config, dropout: 0, attend, feedForward: denseFeedForward(p, context, 0) }).states;
}

/** Base: encoder and mean over time. Head: deep heads over its pooled features. */
export const peftSplit = (config: Config): Split => ({
  width: config.width,
  base: (p, input, repeatable = null) => timeMean(encodeBars(p, input, config, repeatable)) as tf.Tensor2D,
  head: (p, pooled, context) => ({ ...deepHeads(p, pooled, context, config.headDropout), routing: null }),
});

export const peftTransformer = (config: Config): Forward => {
  const { base, head } = peftSplit(config);
  if (config.loraRank > 0) return (p, input, context) => head(p, base(p, input, context.repeatable), context);
  return (p, input, context) =>
    head(
      p,
      withoutGradient(input, (x) => base(p, x)),
      context,
    );
};
