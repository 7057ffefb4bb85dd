/**
 * Mixture of experts in stock operations: every expert runs on every token and a float gate of the top two keeps what the
 * router chose. All experts share one matmul each way, because `Σ_e g_e·W_e·h_e` is one product over the stacked width.
 */
import * as tf from '@tensorflow/tfjs';
import { dropout } from '../dropout/op.ts';
import type { DropoutSite } from '../dropout/site.ts';
import { gelu } from '../gelu/op.ts';
import { linear } from '../linear/reference.ts';
import { matMul } from '../matmul/op.ts';
import { isRecording } from '../recording.ts';
import { scaleRows } from '../rows/reference.ts';
import { softmax } from '../softmax/op.ts';
import { withoutGradient } from '../stop-gradient/reference.ts';

export interface ExpertWeights {
  /** `[experts, width]` */
  readonly router: tf.Tensor;
  /** `[experts, inner, width]`, `[experts, inner]`, `[experts, width, inner]`, `[experts, width]` */
  readonly weight1: tf.Tensor;
  readonly bias1: tf.Tensor;
  readonly weight2: tf.Tensor;
  readonly bias2: tf.Tensor;
}

export interface ExpertOutput {
  /** `[tokens, width]` */
  readonly output: tf.Tensor;
  /** `experts · Σ f_e·P_e`, scalar; f carries no gradient. */
  readonly auxiliary: tf.Scalar;
  /** `experts · f_e`: 1 is the ideal load. `[experts]` */
  readonly load: tf.Tensor1D;
  /** Of the router's choice over all experts (see `routerEntropy`), scalar; absent in a pass that records, for no step reads it. */
  readonly entropy: tf.Scalar | undefined;
}

/** Keeps the logarithm of a vanished probability finite; times that probability it is 0 either way. */
const least = 1e-30;

/**
 * Mean entropy of the tokens' router probabilities as a share of the largest possible: `Σ_t s_t·(−Σ_e p_te·ln p_te) / ln experts`.
 * 1 is a router that does not care, 0 one that is sure of each token.
 * @param probabilities `[tokens, experts]` @param tokenShare `[tokens, 1]`, summing to 1
 */
export function routerEntropy(probabilities: tf.Tensor2D, tokenShare: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const logs = probabilities.add(least).log();
    const summed = tf.matMul(tokenShare, probabilities.mul(logs) as tf.Tensor2D, true, false); // [1, experts]
    return summed.sum().div(-Math.log(probabilities.shape[1])) as tf.Scalar;
  });
}

/** 1 for the two likeliest experts of each token, else 0; the lower index wins a tie. `[tokens, experts]` */
function topTwo(probabilities: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const experts = probabilities.shape[1];
    const pick = (p: tf.Tensor2D): tf.Tensor2D => tf.oneHot(p.argMax(1) as tf.Tensor1D, experts, 1, 0, 'float32') as tf.Tensor2D;
    const first = pick(probabilities);
    return first.add(pick(probabilities.sub(first.mul(2)) as tf.Tensor2D)) as tf.Tensor2D;
  });
}

/**
 * @param x `[tokens, width]`
 * @param tokenShare weight of each token in the auxiliary loss, summing to 1: padding counts nothing. `[tokens, 1]`
 * @param dropInner dropout on the activated inner layer `[batch, time·experts·inner]`, as many rows as `batch`
 * @param batch windows; tokens are batch·time
 */
export function experts(
  x: tf.Tensor2D,
  weights: ExpertWeights,
  tokenShare: tf.Tensor2D,
  dropInner: DropoutSite | null,
  batch: number,
): ExpertOutput {
  const [count, inner, width] = weights.weight1.shape as [number, number, number];
  const tokens = x.shape[0];
  const probabilities = softmax(linear(x, weights.router, null)) as tf.Tensor2D; // [tokens, experts]
  const chosen = withoutGradient(probabilities, (p) => topTwo(p as tf.Tensor2D));
  const kept = probabilities.mul(chosen);
  const gates = kept.div(matMul(kept, tf.ones([count, count]))) as tf.Tensor2D; // [tokens, experts]
  const first = linear(x, weights.weight1.reshape([count * inner, width]), weights.bias1.reshape([count * inner]));
  const hidden = scaleRows(
    dropout(gelu(first).reshape([batch, -1]), dropInner).reshape([tokens, count, inner]),
    gates.reshape([tokens, count, 1]),
  );
  const second = weights.weight2.transpose([0, 2, 1]).reshape([count * inner, width]) as tf.Tensor2D;
  const output = matMul(hidden.reshape([tokens, count * inner]), second).add(matMul(gates, weights.bias2));
  const load = tf
    .matMul(chosen, tokenShare, true, false)
    .reshape([count])
    .mul(count / 2) as tf.Tensor1D;
  const mean = matMul(tokenShare.reshape([1, tokens]), probabilities).reshape([count]);
  const entropy = isRecording() ? undefined : routerEntropy(probabilities, tokenShare);
  return { output, auxiliary: load.mul(mean).sum(), load, entropy };
}
