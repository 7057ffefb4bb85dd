/** Transformer: encoder with full attention, mean over time, two heads. */
import { timeMean } from '../../kernels/rows/reference.ts';
import type { Values } from '../../lib/fields.ts';
import { denseFeedForward, encode, selfAttention } from '../blocks/encoder.ts';
import { smallHeads } from '../blocks/heads.ts';
import type { Forward } from '../model.ts';
import type { transformerFields } from './spec.ts';

export const transformer =
  (config: Values<typeof transformerFields>): Forward =>
  (p, input, context) => {
    const rate = config.dropout;
    const attend = selfAttention(p, () => ({ heads: config.heads, window: null, dropWeights: context.site(rate) }));
    const { states } = encode(p, input, context, { ...config, attend, feedForward: denseFeedForward(p, context, rate) });
    return { ...smallHeads(p, timeMean(states), context, rate), routing: null };
  };
