/** The launches of two deep heads side by side: each takes both heads, whose parameters it finds at their offsets in one flat tensor. */
import type * as tf from '@tensorflow/tfjs';
import random from '../dropout/random.wgsl?raw';
import { type DropoutSite, siteWords } from '../dropout/site.ts';
import geluPart from '../gelu/function.wgsl?raw';
import type { GradientTargets } from '../launch/gradient-target.ts';
import { launch } from '../launch/launch.ts';
import { specialize } from '../launch/specialize.ts';
import type { Flat } from '../launch/view.ts';
import { prefersRegisterTiles } from '../mode.ts';
import normBackward from './norm-backward.wgsl?raw';
import normForward from './norm-forward.wgsl?raw';
import product from './product.wgsl?raw';
import type { Pair } from './reference.ts';
import weightsGradient from './weights-gradient.wgsl?raw';

/** First values, in a flat tensor, of what a layer has in each head. */
export interface LayerOffsets {
  readonly weight: Pair<number>;
  readonly bias: Pair<number>;
  readonly gain: Pair<number>;
  readonly shift: Pair<number>;
}

/** The last linear layer. */
export interface LastOffsets {
  readonly weight: Pair<number>;
  readonly bias: Pair<number>;
}

const inFours = (...sizes: number[]): boolean => sizes.every((size) => size % 4 === 0);
const none: Pair<number> = [0, 0];

/** Values from one head to the next: 0 where both read the same `[rows, in]`. */
const strideOf = (x: tf.Tensor): number => (x.rank === 3 ? x.size / 2 : 0);

/** @param x `[rows, in]` or `[2, rows, in]` @returns `[2, rows, out]` */
export function runLinear(x: tf.Tensor, { tensor }: Flat, { weight, bias }: LayerOffsets, columns: number): tf.Tensor {
  const [rows, inner] = x.shape.slice(-2) as [number, number];
  return runProduct(x, tensor, { BACKWARD: false, JOINED: false }, [rows, inner, columns], [...weight, ...bias]);
}

/** Gradient of a linear layer's input. @param dz `[2, rows, out]` @param joined one input went to both heads @returns `[2, rows, in]` or `[rows, in]` */
export function runLinearBackward(dz: tf.Tensor, { tensor }: Flat, { weight }: LayerOffsets, columns: number, joined: boolean): tf.Tensor {
  const [, rows, inner] = dz.shape as [number, number, number];
  return runProduct(dz, tensor, { BACKWARD: true, JOINED: joined }, [rows, inner, columns], [...weight, ...none]);
}

function runProduct(
  a: tf.Tensor,
  values: tf.Tensor,
  constants: { BACKWARD: boolean; JOINED: boolean },
  [rows, inner, columns]: readonly [number, number, number],
  offsets: readonly number[],
): tf.Tensor {
  const heads = constants.JOINED ? 1 : 2;
  const [y] = launch({
    program: specialize('deep-heads-product', product, { ...constants, QUADS: inFours(inner, columns) }),
    inputs: [a, values],
    outputs: [constants.JOINED ? [rows, columns] : [2, rows, columns]],
    uniform: [rows, inner, columns, strideOf(a), ...offsets],
    workgroups: [Math.ceil(columns / 256), Math.ceil(rows / 8), heads],
    flops: 4 * rows * inner * columns,
  });
  return y as tf.Tensor;
}

/** Seeds of both heads, then threshold, scale and first index, which they share. */
function dropWords([one, other]: Pair<DropoutSite | null>, width: number): number[] {
  const [seed, ...rest] = siteWords(one, width);
  return [seed, siteWords(other, width)[0], ...rest];
}

export interface Normed {
  /** `[2, rows, width]` */
  readonly y: tf.Tensor;
  readonly normal: tf.Tensor;
  /** `[2, rows]` */
  readonly inverse: tf.Tensor;
  /** `[rows, outputs]` of each head, where the last layer is given; else empty. */
  readonly outputs: readonly tf.Tensor[];
}

/** Threads that share a row: on a software adapter those that it computes at once, for there a barrier among more is dear. */
const threads = (): number => (prefersRegisterTiles() ? 4 : 32);

const outputConstants = (outputs: Pair<number> | null) => ({
  LAST: outputs !== null,
  OUTPUTS0: outputs?.[0] ?? 1,
  OUTPUTS1: outputs?.[1] ?? 1,
});

/** Layer norm, GELU and dropout, and the last linear layer where it follows. @param z `[2, rows, width]` */
export function runNorm(
  z: tf.Tensor,
  { tensor }: Flat,
  { gain, shift }: LayerOffsets,
  sites: Pair<DropoutSite | null>,
  last: (LastOffsets & { readonly outputs: Pair<number> }) | null,
): Normed {
  const [, rows, width] = z.shape as [number, number, number];
  const constants = {
    THREADS: threads(),
    DROP: sites[0] !== null,
    ...outputConstants(last?.outputs ?? null),
    MOST: Math.max(...(last?.outputs ?? [1])),
  };
  const [y, normal, inverse, ...outputs] = launch({
    program: specialize('deep-heads-norm', normForward, constants, [geluPart, random]),
    inputs: [z, tensor],
    outputs: [z.shape, z.shape, [2, rows], ...(last?.outputs.map((count) => [rows, count]) ?? [])],
    uniform: [rows, width, ...dropWords(sites, width), ...gain, ...shift, ...(last?.weight ?? none), ...(last?.bias ?? none)],
    volatile: sites[0] !== null,
    workgroups: [rows, 2, 1],
  }) as [tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[]];
  return { y, normal, inverse, outputs };
}

/** What comes back to a normed layer: the gradients of both heads' outputs, or that of `y` `[2, rows, width]`. */
export type Upstream = { readonly outputs: Pair<tf.Tensor>; readonly weight: Pair<number> } | { readonly y: tf.Tensor };

const countsOf = ([one, other]: Pair<tf.Tensor>): Pair<number> => [one.shape[1] as number, other.shape[1] as number];

/** @returns gradients of the normalised and scaled value, and of `z`; `[2, rows, width]` both */
export function runNormBackward(
  upstream: Upstream,
  { normal, inverse }: Pick<Normed, 'normal' | 'inverse'>,
  { tensor }: Flat,
  { gain, shift }: LayerOffsets,
  sites: Pair<DropoutSite | null>,
): { readonly dn: tf.Tensor; readonly dz: tf.Tensor } {
  const [, rows, width] = normal.shape as [number, number, number];
  const last = 'outputs' in upstream;
  const constants = { THREADS: threads(), DROP: sites[0] !== null, ...outputConstants(last ? countsOf(upstream.outputs) : null) };
  const [dn, dz] = launch({
    program: specialize('deep-heads-norm-backward', normBackward, constants, [geluPart, random]),
    inputs: [...(last ? upstream.outputs : [upstream.y]), normal, inverse, tensor],
    outputs: [normal.shape, normal.shape],
    uniform: [rows, width, ...dropWords(sites, width), ...gain, ...shift, ...(last ? upstream.weight : none)],
    volatile: sites[0] !== null,
    workgroups: [rows, 2, 1],
  }) as [tf.Tensor, tf.Tensor];
  return { dn, dz };
}

/** Gradients of a layer's parameters, and of the last layer's where `last` says what came to its outputs. @param x what the layer was given */
export function runWeightsGradient(
  x: tf.Tensor,
  gradients: { readonly dn: tf.Tensor; readonly dz: tf.Tensor; readonly normal: tf.Tensor },
  target: GradientTargets,
  { weight, bias, gain, shift }: LayerOffsets,
  last: (LastOffsets & { readonly y: tf.Tensor; readonly outputs: Pair<tf.Tensor> }) | null,
): void {
  const { dn, dz, normal } = gradients;
  const [, rows, width] = dz.shape as [number, number, number];
  const inner = x.shape.at(-1) as number;
  const constants = { ACCUMULATE: target.accumulate, ...outputConstants(last && countsOf(last.outputs)), QUADS: inFours(inner, width) };
  const offsets = [weight, bias, gain, shift, last?.weight ?? none, last?.bias ?? none].flat();
  launch({
    program: specialize('deep-heads-weights-gradient', weightsGradient, constants),
    inputs: [x, dz, dn, normal, ...(last ? [last.y, ...last.outputs] : [])],
    targets: [target.tensor],
    outputs: [],
    uniform: [rows, width, inner, strideOf(x), ...offsets],
    workgroups: [Math.ceil((Math.ceil(width / 8) * Math.ceil(inner / 8)) / 64), 1, 2],
    flops: 4 * rows * inner * width,
  });
}
