/** Routing as three launches: who goes where, in an order that depends on the tokens alone. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { specialize } from '../launch/specialize.ts';
import { preferredTiles } from '../mode.ts';
import placeSource from './place.wgsl?raw';
import planSource from './plan.wgsl?raw';
import { divisible, quads, read } from './quads.ts';
import routerSource from './router.wgsl?raw';
import { tileRows } from './tile-rows.ts';

/** Experts at most: one workgroup holds them all. */
export const mostExperts = 64;
/** Tokens that one workgroup of the router counts. */
const chunk = 64;

export interface Routing {
  /** `[tokens, experts]` */
  readonly probabilities: tf.Tensor;
  /** Words, see `plan.wgsl`: slots sorted by expert, tiles over them, and their tokens. */
  readonly plan: tf.Tensor;
  /** `[tokens, 4]` words: both experts, both slots, share of the auxiliary loss. */
  readonly routes: tf.Tensor;
  readonly auxiliary: tf.Tensor;
  /** `[experts]` */
  readonly load: tf.Tensor;
}

/** Where the plan's parts lie. `tiles` is a bound: those too many are marked in the plan. */
export function planLayout(tokens: number, experts: number): { tiles: number; tokensAt: number; words: number } {
  const tile = tileRows[preferredTiles()];
  const tiles = Math.floor((2 * tokens + (tile - 1) * experts) / tile);
  const tokensAt = experts + 1 + 2 * tiles;
  return { tiles, tokensAt, words: tokensAt + 2 * tokens };
}

/** @param x `[tokens, width]`, router `[experts, width]`, share `[tokens, 1]` */
export function routeTokens(x: tf.Tensor, router: tf.Tensor, share: tf.Tensor): Routing {
  const [tokens, width] = x.shape as [number, number];
  const experts = router.shape[0] as number;
  const chunks = Math.ceil(tokens / chunk);
  const { tiles, tokensAt, words } = planLayout(tokens, experts);
  const vectors = divisible(width);
  const [probabilities, picks, counts, sums] = launch({
    program: specialize('experts router', routerSource, { VECTORS: vectors }, [quads({ 0: read('x'), 1: read('router') }, vectors)]),
    inputs: [x, router, share],
    outputs: [[tokens, experts], [tokens], [chunks, experts], [chunks, experts, 2]],
    uniform: [tokens, width, experts],
    workgroups: [chunks, 1, 1],
  }) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const [plan, before, auxiliary, load] = launch({
    program: specialize('experts plan', planSource, { TILE: tileRows[preferredTiles()] }),
    inputs: [counts, sums],
    outputs: [[words], [chunks, experts], [], [experts]],
    uniform: [chunks, tiles, experts],
    workgroups: [1, 1, 1],
  }) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const [routes] = launch({
    program: specialize('experts place', placeSource, {}),
    inputs: [picks, before, share],
    targets: [plan],
    outputs: [[tokens, 4]],
    uniform: [tokens, chunks, tokensAt, experts],
    workgroups: [Math.ceil((chunks * experts) / 64), 1, 1],
  }) as [tf.Tensor];
  return { probabilities, plan, routes, auxiliary, load };
}
