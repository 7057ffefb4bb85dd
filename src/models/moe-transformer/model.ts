/** MoE Transformer: the encoder with local attention, whole-head dropout, and experts in place of each feed-forward. */
import * as tf from '@tensorflow/tfjs';
import { experts } from '../../kernels/experts/op.ts';
import type { ExpertOutput } from '../../kernels/experts/reference.ts';
import { reshape } from '../../kernels/lean.ts';
import { timeMean } from '../../kernels/rows/reference.ts';
import type { Values } from '../../lib/fields.ts';
import { encode, type Part, selfAttention } from '../blocks/encoder.ts';
import { smallHeads } from '../blocks/heads.ts';
import type { Forward, ForwardContext, Parameters } from '../model.ts';
import type { moeTransformerFields } from './spec.ts';

/** One block's experts; what the router did is pushed to `routed`. */
const expertFeedForward =
  (p: Parameters, context: ForwardContext, rate: number, routed: ExpertOutput[]): Part =>
  (x, prefix) => {
    const [batch, time, width] = x.shape as [number, number, number];
    const name = `${prefix}.moe`;
    const weights = {
      router: p(`${name}.router.weight`),
      weight1: p(`${name}.experts.*.linear1.weight`),
      bias1: p(`${name}.experts.*.linear1.bias`),
      weight2: p(`${name}.experts.*.linear2.weight`),
      bias2: p(`${name}.experts.*.linear2.bias`),
    };
    const site = context.site(rate);
    const result = tf.tidy(() => {
      const share = tf
        .tensor2d(context.windowShare, [batch, 1])
        .div(time)
        .tile([1, time])
        .reshape([batch * time, 1]) as tf.Tensor2D;
      const routing = experts(reshape(x, [batch * time, width]) as tf.Tensor2D, weights, share, site, batch);
      return { ...routing, output: reshape(routing.output, [batch, time, width]) };
    });
    routed.push(result);
    return result.output;
  };

export const moeTransformer =
  (config: Values<typeof moeTransformerFields>): Forward =>
  (p, input, context) => {
    const routed: ExpertOutput[] = [];
    const attend = selfAttention(p, () => ({
      heads: config.heads,
      window: config.attentionWindow,
      dropHeads: context.site(config.headDropout),
    }));
    const feedForward = expertFeedForward(p, context, config.dropout, routed);
    const encoded = encode(p, input, context, { ...config, attend, feedForward });
    const mean = (pick: (output: ExpertOutput) => tf.Tensor): tf.Tensor => tf.addN(routed.map(pick)).div(routed.length);
    return {
      ...smallHeads(p, timeMean(encoded), context, config.dropout),
      routing: {
        auxiliary: mean((r) => r.auxiliary) as tf.Scalar,
        load: mean((r) => r.load) as tf.Tensor1D,
        auxiliaries: routed.map(({ auxiliary }) => auxiliary),
        entropies: routed.flatMap(({ entropy }) => entropy ?? []),
      },
    };
  };
