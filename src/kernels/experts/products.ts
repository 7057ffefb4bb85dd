/** The grouped products: each runs every expert on its own slots in one launch over the plan's tiles. */
import type * as tf from '@tensorflow/tfjs';
import random from '../dropout/random.wgsl?raw';
import { type DropoutSite, siteWords } from '../dropout/site.ts';
import gelu from '../gelu/function.wgsl?raw';
import { launch } from '../launch/launch.ts';
import { type Specialized, specialize } from '../launch/specialize.ts';
import { quadColumns, type Tiles } from '../matmul/plan.ts';
import { preferredTiles } from '../mode.ts';
import neighbour from '../subgroup/neighbour.wgsl?raw';
import activation from './activation.wgsl?raw';
import finishHidden from './finish-hidden.wgsl?raw';
import finishInnerGradient from './finish-inner-gradient.wgsl?raw';
import finishOutput from './finish-output.wgsl?raw';
import finishPlain from './finish-plain.wgsl?raw';
import grouped from './grouped.wgsl?raw';
import groupedQuads from './grouped-quads.wgsl?raw';
import groupedTiled from './grouped-tiled.wgsl?raw';
import { type Binding, divisible, quads, read, written } from './quads.ts';
import { planLayout } from './routing.ts';

/** A variant of the product: its source, and the columns and tiles of rows that one workgroup covers. */
const variants = {
  registers: { source: grouped, columns: () => 64, tilesDown: 16 },
  quads: { source: groupedQuads, columns: quadColumns, tilesDown: 4 },
  workgroups: { source: groupedTiled, columns: () => 64, tilesDown: 1 },
} as const;

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

function programOf({ name, finish, gather, transposeB, bindings }: Product, tiles: Tiles, k: number, n: number): Specialized {
  const vectors = divisible(k, n);
  const inQuads = tiles === 'quads';
  const shape = inQuads ? { QUADS: quadColumns(n) / 16, CHUNKS: k % 8 === 0 ? 2 : 1 } : {};
  return specialize(`${name} ${tiles}`, variants[tiles].source, { GATHER: gather, TRANSPOSE_B: transposeB, VECTORS: vectors, ...shape }, [
    ...(inQuads ? [neighbour] : []),
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
  const { tiles: planned, tokensAt } = planLayout(tokens, experts);
  const tiles = preferredTiles();
  const { columns, tilesDown } = variants[tiles];
  return launch({
    program: programOf(product, tiles, k, n),
    inputs: [a, weight, plan, ...more],
    outputs: Array.from({ length: outputs }, () => [2 * tokens, n]),
    uniform: [planned, k, n, tokensAt, experts, ...siteWords(site, perRow)],
    volatile: site !== null,
    workgroups: [Math.ceil(n / columns(n)), Math.ceil(planned / tilesDown), 1],
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
