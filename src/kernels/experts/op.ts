/**
 * Sparse mixture of experts: each runs only on the tokens that the router sent it, with no capacity limit. Six launches forward and
 * eight backward where the device can, else the reference, whose semantics these are.
 */
import type * as tf from '@tensorflow/tfjs';
import type { DropoutSite } from '../dropout/site.ts';
import { canFuse, prefersRegisterTiles } from '../mode.ts';
import { isRecording } from '../recording.ts';
import { severalOutputs } from '../several-outputs.ts';
import { type InnerDropout, runHidden, runInnerGradient, runOutput, runSlotGradient } from './products.ts';
import { type ExpertOutput, type ExpertWeights, experts as reference, routerEntropy } from './reference.ts';
import { mostExperts, type Routing, routeTokens } from './routing.ts';
import { runCombine, runGatesGradient, runInputGradient } from './tokens.ts';
import { runRouterGradient, runWeightGradient } from './weights-gradient.ts';

interface Kept extends ExpertWeights, Omit<Routing, 'auxiliary'> {
  readonly x: tf.Tensor;
  /** First product, `[slots, inner]`; the hidden layer is made from it anew. */
  readonly z: tf.Tensor;
  /** `[slots, width]` */
  readonly out: tf.Tensor;
}

/** @returns gradients of x and of the weights; what is large is given back as soon as it was read */
function backward(dy: tf.Tensor, dauxiliary: tf.Tensor, kept: Kept, drop: InnerDropout): tf.Tensor[] {
  const { x, router, weight1, bias1, weight2, bias2, plan } = kept;
  const [dlogits, dout] = runGatesGradient(dy, dauxiliary, kept.out, kept);
  const [dz, hidden] = runInnerGradient(dout, weight2, kept.z, plan, drop);
  const second = runWeightGradient(dout, hidden, plan, false, weight2, bias2);
  hidden.dispose();
  dout.dispose();
  const first = runWeightGradient(dz, x, plan, true, weight1, bias1);
  const dslots = runSlotGradient(dz, weight1, plan);
  dz.dispose();
  const dx = runInputGradient(dslots, dlogits, router, kept.routes);
  dslots.dispose();
  const drouter = runRouterGradient(dlogits, x, router);
  dlogits.dispose();
  return [dx, drouter, ...first, ...second];
}

function fused(x: tf.Tensor2D, weights: ExpertWeights, share: tf.Tensor2D, drop: InnerDropout): ExpertOutput {
  const { router, weight1, bias1, weight2, bias2 } = weights;
  const inputs = [x, router, weight1, bias1, weight2, bias2];
  const [output, auxiliary, load, entropy] = severalOutputs(inputs, (save) => {
    const routing = routeTokens(x, router, share);
    const [z, hidden] = runHidden(x, weight1, bias1, routing.plan, drop);
    const out = runOutput(hidden, weight2, bias2, routing.plan);
    const kept: Kept = { x, ...weights, ...routing, z, out };
    const names = Object.keys(kept) as (keyof Kept)[];
    save(Object.values(kept));
    return {
      values: [
        runCombine(out, routing),
        routing.auxiliary,
        routing.load,
        ...(isRecording() ? [] : [routerEntropy(routing.probabilities as tf.Tensor2D, share)]),
      ],
      gradFunc: ([dy, dauxiliary], saved) => {
        const again = Object.fromEntries(names.map((name, i) => [name, saved[i] as tf.Tensor]));
        return backward(dy as tf.Tensor, dauxiliary as tf.Tensor, again as unknown as Kept, drop);
      },
    };
  });
  return { output, auxiliary, load, entropy } as ExpertOutput;
}

/** See `reference.ts`: the same inputs and outputs. */
export function experts(
  x: tf.Tensor2D,
  weights: ExpertWeights,
  tokenShare: tf.Tensor2D,
  dropInner: DropoutSite | null,
  batch: number,
): ExpertOutput {
  const [count, inner] = weights.weight1.shape as [number, number];
  if (!canFuse(prefersRegisterTiles() ? 64 : 256) || count > mostExperts) return reference(x, weights, tokenShare, dropInner, batch);
  return fused(x, weights, tokenShare, { site: dropInner, perRow: (x.shape[0] / batch) * count * inner });
}
