/** Launches over tokens: the weighted sum of a token's two slots, and its backward down to the router's logits and to x. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import combineSource from './combine.wgsl?raw';
import gatesSource from './gates-gradient.wgsl?raw';
import inputSource from './input-gradient.wgsl?raw';
import { divisible, quads, read, written } from './quads.ts';
import type { Routing } from './routing.ts';

/** @param out `[slots, width]` @returns `[tokens, width]` */
export function runCombine(out: tf.Tensor, { probabilities, routes }: Routing): tf.Tensor {
  const [tokens, experts] = probabilities.shape as [number, number];
  const width = out.shape[1] as number;
  const vectors = divisible(width);
  const { workgroups, across } = coverRows(tokens * Math.ceil(width / 4));
  const [y] = launch({
    program: specialize('experts combine', combineSource, { VECTORS: vectors }, [quads({ 0: read('out'), 3: written('y') }, vectors)]),
    inputs: [out, probabilities, routes],
    outputs: [[tokens, width]],
    uniform: [tokens, width, across, experts],
    workgroups,
  });
  return y as tf.Tensor;
}

/**
 * @param dy `[tokens, width]` @param dauxiliary scalar @param out `[slots, width]`
 * @returns gradients of the logits `[tokens, experts]` and of each slot's output `[slots, width]`
 */
export function runGatesGradient(
  dy: tf.Tensor,
  dauxiliary: tf.Tensor,
  out: tf.Tensor,
  routing: Omit<Routing, 'auxiliary'>,
): [tf.Tensor, tf.Tensor] {
  const [tokens, experts] = routing.probabilities.shape as [number, number];
  const width = out.shape[1] as number;
  const vectors = divisible(width);
  return launch({
    program: specialize('experts gates gradient', gatesSource, { VECTORS: vectors }, [
      quads({ 0: read('dy'), 1: read('out'), 7: written('dout') }, vectors),
    ]),
    inputs: [dy, out, dauxiliary, routing.routes, routing.probabilities, routing.load],
    outputs: [[tokens, experts], out.shape],
    uniform: [tokens, width, experts],
    workgroups: [Math.ceil(tokens / 64), 1, 1],
  }) as [tf.Tensor, tf.Tensor];
}

/** @param dslots `[slots, width]` @param dlogits `[tokens, experts]` @returns gradient of x `[tokens, width]` */
export function runInputGradient(dslots: tf.Tensor, dlogits: tf.Tensor, router: tf.Tensor, routes: tf.Tensor): tf.Tensor {
  const [experts, width] = router.shape as [number, number];
  const tokens = dlogits.shape[0] as number;
  const vectors = divisible(width);
  const { workgroups, across } = coverRows(tokens * Math.ceil(width / 4));
  const [dx] = launch({
    program: specialize('experts input gradient', inputSource, { VECTORS: vectors }, [
      quads({ 0: read('dslots'), 1: read('router'), 4: written('dx') }, vectors),
    ]),
    inputs: [dslots, router, dlogits, routes],
    outputs: [[tokens, width]],
    uniform: [tokens, width, across, experts],
    workgroups,
  });
  return dx as tf.Tensor;
}
