/** Attention as one launch forward and two backward (queries, then keys and values), for heads of a multiple of four values. */
import type * as tf from '@tensorflow/tfjs';
import random from '../dropout/random.wgsl?raw';
import { siteWords } from '../dropout/site.ts';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { type Specialized, specialize } from '../launch/specialize.ts';
import { floatBits } from '../launch/uniforms.ts';
import { preferredTiles, prefersRegisterTiles } from '../mode.ts';
import neighbour from '../subgroup/neighbour.wgsl?raw';
import backwardKeys from './backward-keys.wgsl?raw';
import backwardQueries from './backward-queries.wgsl?raw';
import forward from './forward.wgsl?raw';
import type { AttentionOptions } from './reference.ts';
import shared from './shared.wgsl?raw';
import { unroll } from './unroll.ts';

/** Larger heads keep their loops: unrolled, they would compile for many seconds. */
const longestUnrolled = 8;

/**
 * Tiles of four bars that a thread owns. What it loads serves all of them; but each adds seconds to the compilation on a software adapter,
 * which only long windows win back. A GPU spills more than one to memory.
 */
const tilesFor = (chunks: number, time: number, local: boolean): number =>
  prefersRegisterTiles() && chunks <= 4 && !local && time >= 256 ? 2 : 1;

/** @param scale of the scores: 1/√size of the head, without what fills it up to a multiple of four */
export interface AttentionJob extends AttentionOptions {
  readonly scale: number;
}

interface Plan {
  readonly program: (name: string, source: string) => Specialized;
  readonly uniform: readonly number[];
  readonly volatile: boolean;
  readonly workgroups: readonly [number, number, number];
  /** `[batch, heads, time]`: one value a query. */
  readonly perQuery: readonly number[];
  /** Floating-point operations of one product over all pairs of query and key. */
  readonly product: number;
}

function plan(projected: tf.Tensor, { heads, window, dropWeights = null, dropHeads = null, scale }: AttentionJob): Plan {
  const [batch, time, triple] = projected.shape as [number, number, number];
  const chunks = triple / 3 / heads / 4;
  const local = window !== null && window < time - 1;
  const tiles = tilesFor(chunks, time, local);
  // Neighbours in fours never belong to two heads: a software adapter runs four in step.
  const threadsPerHead = 4 * Math.ceil(time / (16 * tiles));
  const threads = batch * heads * threadsPerHead;
  const { workgroups, across } = coverRows(threads);
  const quads = preferredTiles() === 'quads';
  const sharers = quads ? 4 : 1;
  const constants = { CHUNKS: chunks, TILES: tiles, SHARERS: sharers, QUADS: quads, LOCAL: local, DROP: dropWeights !== null };
  const unrolled = { TILES: tiles, SHARERS: sharers, ...(chunks <= longestUnrolled ? { CHUNKS: chunks } : {}) };
  const sizes = [time, heads, window ?? 0, threadsPerHead, threads, across, floatBits(scale)];
  return {
    program: (name, source) =>
      specialize(`attention ${name}`, unroll(source, unrolled), constants, [...(quads ? [neighbour] : []), random, shared]),
    uniform: [...sizes, ...siteWords(dropWeights, heads * time * time), ...siteWords(dropHeads, heads)],
    volatile: dropWeights !== null || dropHeads !== null,
    workgroups,
    perQuery: [batch, heads, time],
    product: (2 * batch * time * (local ? Math.min(time, 2 * (window ?? 0) + 1) : time) * triple) / 3,
  };
}

/**
 * @param projected `[batch, time, 3·width]`
 * @returns the joined heads `[batch, time, width]` and, for the backward pass, each query's log-sum of scores `[batch, heads, time]`
 */
export function runAttention(projected: tf.Tensor, job: AttentionJob): [joined: tf.Tensor, logSum: tf.Tensor] {
  const { program, perQuery, product, ...rest } = plan(projected, job);
  const [batch, time, triple] = projected.shape as [number, number, number];
  const outputs = [[batch, time, triple / 3], perQuery];
  return launch({ ...rest, program: program('forward', forward), inputs: [projected], outputs, flops: 2 * product }) as [
    tf.Tensor,
    tf.Tensor,
  ];
}

/** @param dJoined upstream gradient `[batch, time, width]` @returns the gradient of `projected`, `[batch, time, 3·width]` */
export function runAttentionBackward(
  projected: tf.Tensor,
  joined: tf.Tensor,
  logSum: tf.Tensor,
  dJoined: tf.Tensor,
  job: AttentionJob,
): tf.Tensor {
  const { program, perQuery, product, ...rest } = plan(projected, job);
  const [dProjected, delta] = launch({
    ...rest,
    program: program('backward queries', backwardQueries),
    inputs: [projected, joined, dJoined, logSum],
    outputs: [projected.shape, perQuery],
    flops: 3 * product,
  }) as [tf.Tensor, tf.Tensor];
  launch({
    ...rest,
    program: program('backward keys', backwardKeys),
    inputs: [projected, dJoined, logSum, delta],
    targets: [dProjected],
    outputs: [],
    flops: 4 * product,
  });
  return dProjected;
}
