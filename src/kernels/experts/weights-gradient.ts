/** Gradients of weights, written where the run keeps them. */
import * as tf from '@tensorflow/tfjs';
import { gradientTarget } from '../launch/gradient-target.ts';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import { quadColumns } from '../matmul/plan.ts';
import { preferredTiles } from '../mode.ts';
import neighbour from '../subgroup/neighbour.wgsl?raw';
import { divisible, quads, read, written } from './quads.ts';
import routerSource from './router-gradient.wgsl?raw';
import { planLayout } from './routing.ts';
import sumSource from './sum-chunks.wgsl?raw';
import groupedSource from './weights-gradient.wgsl?raw';
import quadSource from './weights-gradient-quads.wgsl?raw';
import tiledSource from './weights-gradient-tiled.wgsl?raw';

const sources = { registers: groupedSource, quads: quadSource, workgroups: tiledSource } as const;

interface Places {
  readonly targets: tf.Tensor[];
  readonly outputs: number[][];
  readonly accumulate: boolean;
}

/** Targets of all parameters, or outputs where none has a place in the run's gradient. */
function placesOf(parameters: readonly tf.Tensor[]): Places {
  const found = parameters.map(gradientTarget);
  if (found.every((target) => target === null)) return { targets: [], outputs: parameters.map((p) => p.shape), accumulate: false };
  const targets = found.map((target, i) => target?.tensor ?? tf.zeros((parameters[i] as tf.Tensor).shape));
  return { targets, outputs: [], accumulate: found.some((target) => target?.accumulate) };
}

const results = ({ targets }: Places, made: tf.Tensor[]): tf.Tensor[] => (targets.length > 0 ? targets : made);

/**
 * `Σ a[slot]ᵀ·b[slot]` over each expert's slots, and `Σ a[slot]`.
 * @param a `[slots, m]` @param b `[slots, n]`, or `[tokens, n]` where `gather` @param weight `[experts, m, n]`, bias `[experts, m]`
 */
export function runWeightGradient(
  a: tf.Tensor,
  b: tf.Tensor,
  plan: tf.Tensor,
  gather: boolean,
  weight: tf.Tensor,
  bias: tf.Tensor,
): tf.Tensor[] {
  const [experts, m, n] = weight.shape as [number, number, number];
  const { tokensAt } = planLayout((a.shape[0] as number) / 2, experts);
  const places = placesOf([weight, bias]);
  const vectors = divisible(m, n);
  const tiles = preferredTiles();
  const inQuads = tiles === 'quads';
  const columns = inQuads ? quadColumns(n) : 64;
  const constants = { VECTORS: vectors, ...(inQuads ? { QUADS: columns / 16 } : {}) };
  const made = launch({
    program: specialize(`experts weights gradient ${tiles}`, sources[tiles], constants, [
      ...(inQuads ? [neighbour] : []),
      quads({ 0: read('a'), 1: read('b'), 3: written('c'), 4: written('bias') }, vectors),
    ]),
    inputs: [a, b, plan],
    ...places,
    uniform: [m, n, tokensAt, experts, Number(gather), Number(places.accumulate)],
    workgroups: [Math.ceil(n / columns), Math.ceil(m / (tiles === 'workgroups' ? 64 : 128)), experts],
    flops: 2 * (a.shape[0] as number) * m * n,
  });
  return results(places, made);
}

/** `dlogitsᵀ·x` in two launches: by chunks of tokens, then their sum. @param dlogits `[tokens, experts]`, x `[tokens, width]`, router `[experts, width]` */
export function runRouterGradient(dlogits: tf.Tensor, x: tf.Tensor, router: tf.Tensor): tf.Tensor {
  const [tokens, width] = x.shape as [number, number];
  const experts = router.shape[0] as number;
  const vectors = divisible(width);
  const chunks = Math.ceil(tokens / 64);
  const quarters = Math.ceil(width / 4);
  const { workgroups, across } = coverRows(chunks * Math.ceil(experts / 8) * quarters);
  const [parts] = launch({
    program: specialize('experts router gradient', routerSource, { VECTORS: vectors }, [
      quads({ 0: read('x'), 2: written('parts') }, vectors),
    ]),
    inputs: [x, dlogits],
    outputs: [[chunks, experts, width]],
    uniform: [tokens, width, experts, across],
    workgroups,
  }) as [tf.Tensor];
  const places = placesOf([router]);
  const made = launch({
    program: specialize('experts sum of chunks', sumSource, { VECTORS: vectors }, [
      quads({ 0: read('parts'), 1: written('drouter') }, vectors),
    ]),
    inputs: [parts],
    ...places,
    uniform: [chunks, width, experts, Number(places.accumulate)],
    workgroups: [Math.ceil((experts * quarters) / 64), 1, 1],
  });
  parts.dispose();
  return results(places, made)[0] as tf.Tensor;
}
