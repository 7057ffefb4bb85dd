/** MoE Transformer: the encoder with local attention, whole-head dropout, and experts in place of each feed-forward. */
import * as tf from '@tensorflow/tfjs';
import { experts } from '../../kernels/experts/op.ts';
import { reshape } from '../../kernels/lean.ts';
import { timeMean } from '../../kernels/rows/reference.ts';
import type { Values } from '../../lib/fields.ts';
import { encode, selfAttention } from '../blocks/encoder.ts';
import { smallHeads } from '../blocks/heads.ts';
import type { Forward, ForwardContext, Parameters } from '../model.ts';
import type { moeTransformerFields } from './spec.ts';

/** One block's experts: the branch, then auxiliary loss, load and, in a pass that does not record, router entropy. */
const expertFeedForward =
  (p: Parameters, context: ForwardContext, rate: number) =>
  (x: tf.Tensor, prefix: string): tf.Tensor[] => {
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
    return tf.tidy(() => {
      const share = tf
        .tensor2d(context.windowShare, [batch, 1])
        .div(time)
        .tile([1, time])
        .reshape([batch * time, 1]) as tf.Tensor2D;
      const { output, auxiliary, load, entropy } = experts(reshape(x, [batch * time, width]) as tf.Tensor2D, weights, share, site, batch);
      return [reshape(output, [batch, time, width]), auxiliary, load, ...(entropy ? [entropy] : [])];
    });
  };

export const moeTransformer =
  (config: Values<typeof moeTransformerFields>): Forward =>
  (p, input, context) => {
    const attend = selfAttention(p, () => ({
      heads: config.heads,
      window: config.attentionWindow,
      dropHeads: context.site(config.headDropout),
    }));
    const feedForward = expertFeedForward(p, context, config.dropout);
    const encoded = encode(p, input, context, { ...config, attend, feedForward });
    const toldOf = <T extends tf.Tensor>(at: number): T[] => encoded.told.flatMap((block) => (block[at] as T | undefined) ?? []);
    const auxiliaries = toldOf<tf.Scalar>(0);
    const mean = <T extends tf.Tensor>(tensors: T[]): T => tf.addN(tensors).div(tensors.length);
    return {
      ...smallHeads(p, timeMean(encoded.states), context, config.dropout),
      routing: {
        auxiliary: mean(auxiliaries),
        load: mean(toldOf<tf.Tensor1D>(1)),
        auxiliaries,
        entropies: toldOf<tf.Scalar>(2),
      },
    };
  };
