/** The grouped products: each runs every expert on its own slots in one launch over the plan's tiles. */
import type * as tf from '@tensorflow/tfjs';
import random from '../dropout/random.wgsl?raw';
import { type DropoutSite, siteWords } from '../dropout/site.ts';
import gelu from '../gelu/function.wgsl?raw';
import { launch } from '../launch/launch.ts';
import { type Specialized, specialize } from '../launch/specialize.ts';
import { prefersRegisterTiles } from '../mode.ts';
import activation from './activation.wgsl?raw';
import finishHidden from './finish-hidden.wgsl?raw';
import finishInnerGradient from './finish-inner-gradient.wgsl?raw';
import finishOutput from './finish-output.wgsl?raw';
import finishPlain from './finish-plain.wgsl?raw';
import grouped from './grouped.wgsl?raw';
import groupedTiled from './grouped-tiled.wgsl?raw';
import { type Binding, divisible, quads, read, written } from './quads.ts';
import { planLayout } from './routing.ts';

/** Columns that one workgroup covers, and tiles of rows: `grouped-tiled.wgsl` takes one, `grouped.wgsl` sixteen smaller ones. */
const columns = 64;
const tilesDown = (): number => (prefersRegisterTiles() ? 16 : 1);

/** Dropout on the inner layer, whose mask is `[rows, perRow]`. */
export interface InnerDropout {
  readonly site: DropoutSite | null;
  readonly perRow: number;
}
const none: InnerDropout = { site: null, perRow: 0 };

interface Product {
  readonly name: string;
  readonly finish: string;
  readonly gather: boolean;
  readonly transposeB: boolean;
  /** Bindings from number 3 on. */
  readonly bindings: Readonly<Record<number, Binding>>;
}

const toHidden: Product = {
  name: 'experts hidden',
  finish: finishHidden,
  gather: true,
  transposeB: true,
  bindings: { 3: read('bias'), 4: written('z'), 5: written('hidden') },
};
const toOutput: Product = {
  name: 'experts output',
  finish: finishOutput,
  gather: false,
  transposeB: true,
  bindings: { 3: read('bias'), 4: written('c') },
};
const toInnerGradient: Product = {
  name: 'experts inner gradient',
  finish: finishInnerGradient,
  gather: false,
  transposeB: false,
  bindings: { 3: read('z'), 4: written('dz'), 5: written('hidden') },
};
const toSlotGradient: Product = {
  name: 'experts slot gradient',
  finish: finishPlain,
  gather: false,
  transposeB: false,
  bindings: { 3: written('c') },
};

function programOf({ name, finish, gather, transposeB, bindings }: Product, vectors: boolean): Specialized {
  const constants = { GATHER: gather, TRANSPOSE_B: transposeB, VECTORS: vectors };
  const tiled = !prefersRegisterTiles();
  return specialize(tiled ? `${name} tiled` : name, tiled ? groupedTiled : grouped, constants, [
    quads({ 0: read('a'), 1: read('b'), ...bindings }, vectors),
    random,
    gelu,
    activation,
    finish,
  ]);
}

/** @param weight `[experts, n, k]` or, where it is not transposed, `[experts, k, n]` @param tokens of which each has two slots */
function run(
  product: Product,
  tokens: number,
  [a, weight, plan, ...more]: [tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[]],
  outputs: number,
  { site, perRow }: InnerDropout = none,
): tf.Tensor[] {
  const [experts, rows, rowLength] = weight.shape as [number, number, number];
  const [k, n] = product.transposeB ? [rowLength, rows] : [rows, rowLength];
  const { tiles, tokensAt } = planLayout(tokens, experts);
  return launch({
    program: programOf(product, divisible(k, n)),
    inputs: [a, weight, plan, ...more],
    outputs: Array.from({ length: outputs }, () => [2 * tokens, n]),
    uniform: [tiles, k, n, tokensAt, experts, ...siteWords(site, perRow)],
    volatile: site !== null,
    workgroups: [Math.ceil(n / columns), Math.ceil(tiles / tilesDown()), 1],
    flops: 4 * tokens * k * n,
  });
}

/** `z = x·W1ᵀ + b1` and `GELU(z)·dropout`, both `[slots, inner]`. @param x `[tokens, width]` */
export const runHidden = (
  x: tf.Tensor,
  weight1: tf.Tensor,
  bias1: tf.Tensor,
  plan: tf.Tensor,
  drop: InnerDropout,
): [tf.Tensor, tf.Tensor] => run(toHidden, x.shape[0] as number, [x, weight1, plan, bias1], 2, drop) as [tf.Tensor, tf.Tensor];

/** `hidden·W2ᵀ + b2`, `[slots, width]` */
export const runOutput = (hidden: tf.Tensor, weight2: tf.Tensor, bias2: tf.Tensor, plan: tf.Tensor): tf.Tensor =>
  run(toOutput, (hidden.shape[0] as number) / 2, [hidden, weight2, plan, bias2], 1)[0] as tf.Tensor;

/** Gradient of z, and the hidden layer made anew, both `[slots, inner]`. @param dout `[slots, width]` */
export const runInnerGradient = (
  dout: tf.Tensor,
  weight2: tf.Tensor,
  z: tf.Tensor,
  plan: tf.Tensor,
  drop: InnerDropout,
): [tf.Tensor, tf.Tensor] =>
  run(toInnerGradient, (dout.shape[0] as number) / 2, [dout, weight2, plan, z], 2, drop) as [tf.Tensor, tf.Tensor];

/** `dz·W1`, `[slots, width]` */
export const runSlotGradient = (dz: tf.Tensor, weight1: tf.Tensor, plan: tf.Tensor): tf.Tensor =>
  run(toSlotGradient, (dz.shape[0] as number) / 2, [dz, weight1, plan], 1)[0] as tf.Tensor;
