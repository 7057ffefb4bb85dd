/** Products as launches: tile variant, split along K, epilogue and in-place targets. */
import type * as tf from '@tensorflow/tfjs';
import geluPart from '../gelu/function.wgsl?raw';
import type { GradientTarget } from '../launch/gradient-target.ts';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import { preferredTiles } from '../mode.ts';
import neighbour from '../subgroup/neighbour.wgsl?raw';
import epilogue from './epilogue.wgsl?raw';
import { pieces, type Tile, tileFor } from './plan.ts';
import quadTile from './quad-tile.wgsl?raw';
import reduce from './reduce.wgsl?raw';
import registerTile from './register-tile.wgsl?raw';
import workgroupTile from './workgroup-tile.wgsl?raw';

export type Activation = 'none' | 'gelu' | 'tanh';

export interface ProductOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** `[N]`, added before the activation. */
  readonly bias?: tf.Tensor | null;
  readonly activation?: Activation;
  /** Also return the values before the activation. */
  readonly keep?: boolean;
  /** Also return the sum of each row of A over K: the bias gradient of a linear layer comes with its weight gradient. */
  readonly sum?: boolean;
  /** Write or add here instead of making an output. With `sum`, both or neither. */
  readonly target?: GradientTarget | null;
  readonly sumTarget?: GradientTarget | null;
}

export interface Product {
  /** `[…, M, N]` */
  readonly c: tf.Tensor;
  readonly kept: tf.Tensor | null;
  /** `[M]` */
  readonly sums: tf.Tensor | null;
}

interface Shape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly leading: readonly number[];
  readonly batch: number;
}

function shapeOf(a: tf.Tensor, b: tf.Tensor, { transposeA = false, transposeB = false }: ProductOptions): Shape {
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const leading = a.shape.slice(0, -2);
  return { m, n: transposeB ? rowsB : columnsB, k, leading, batch: leading.reduce((product, size) => product * size, 1) };
}

const epilogueConstants = (options: ProductOptions, accumulate: boolean, fours: boolean) => ({
  BIAS: Boolean(options.bias),
  GELU: options.activation === 'gelu',
  TANH: options.activation === 'tanh',
  KEEP: options.keep ?? false,
  SUM: options.sum ?? false,
  ACCUMULATE: accumulate,
  FOURS: fours,
});

const sources = { register: registerTile, quad: quadTile, workgroup: workgroupTile };

/** A piece of K begins where `unit` values begin, which one turn of a tile's loop takes. */
const pieceOf = (k: number, parts: number, unit: number): number => unit * Math.ceil(k / parts / unit);

/** One tile launch of the whole product, or of `parts` partial products along K. */
function launchTiles(
  a: tf.Tensor,
  b: tf.Tensor,
  shape: Shape,
  tile: Tile,
  options: ProductOptions,
  parts: number,
  written: Written,
): tf.Tensor[] {
  const { source, across, down, rows, columns } = tile;
  const chunks = shape.k % 8 === 0 ? 2 : 1;
  const constants = {
    TRANSPOSE_A: options.transposeA ?? false,
    TRANSPOSE_B: options.transposeB ?? false,
    SPLIT: parts > 1,
    ...epilogueConstants(options, written.accumulate, source === 'quad'),
    ...(source === 'workgroup' ? {} : { ACROSS: across, DOWN: down }),
    ...(source === 'quad' ? { ROW_QUADS: rows / 16, QUADS: columns / 16, CHUNKS: chunks } : {}),
  };
  const [tileColumns, tileRows] = source === 'workgroup' ? [columns, rows] : [columns * across, rows * down];
  return launch({
    program: specialize(`matmul-${source}`, sources[source], constants, [...(source === 'quad' ? [neighbour] : []), geluPart, epilogue]),
    inputs: options.bias ? [a, b, options.bias] : [a, b],
    targets: written.targets,
    outputs: written.outputs,
    uniform: [shape.m, shape.n, shape.k, pieceOf(shape.k, parts, 4 * chunks)],
    workgroups: [Math.ceil(shape.n / tileColumns), Math.ceil(shape.m / tileRows), parts > 1 ? parts : shape.batch],
    flops: 2 * shape.batch * shape.m * shape.n * shape.k,
  });
}

interface Written {
  readonly targets: readonly tf.Tensor[];
  readonly outputs: readonly (readonly number[])[];
  readonly accumulate: boolean;
}

/** Where C, the kept values and the sums go. */
function whereTo({ m, n, leading }: Shape, { target, sumTarget, keep, sum }: ProductOptions): Written {
  if (sum && Boolean(target) !== Boolean(sumTarget)) throw new Error('a product and its row sums go both to targets or neither');
  const c = [...leading, m, n];
  if (target)
    return { targets: sumTarget ? [target.tensor, sumTarget.tensor] : [target.tensor], outputs: [], accumulate: target.accumulate };
  return { targets: [], outputs: [c, ...(keep ? [c] : []), ...(sum ? [[m]] : [])], accumulate: false };
}

/**
 * @param a `[…, M, K]` or, transposed, `[…, K, M]`
 * @param b `[…, K, N]` or, transposed, `[…, N, K]`, with the same leading dimensions
 */
export function runProduct(a: tf.Tensor, b: tf.Tensor, options: ProductOptions = {}): Product {
  const shape = shapeOf(a, b, options);
  const written = whereTo(shape, options);
  const tile = tileFor(shape, preferredTiles(), options);
  const parts = shape.batch === 1 ? pieces(shape, tile) : 1;
  const made = parts === 1 ? launchTiles(a, b, shape, tile, options, 1, written) : launchSplit(a, b, shape, tile, options, parts, written);
  const results = [...written.targets, ...made];
  return {
    c: results[0] as tf.Tensor,
    kept: options.keep ? (results[1] as tf.Tensor) : null,
    sums: options.sum ? (results[results.length - 1] as tf.Tensor) : null,
  };
}

/** Few outputs under a long K leave a device idle: pieces of K side by side, added in order afterwards. */
function launchSplit(
  a: tf.Tensor,
  b: tf.Tensor,
  shape: Shape,
  tile: Tile,
  options: ProductOptions,
  parts: number,
  written: Written,
): tf.Tensor[] {
  const { m, n } = shape;
  const { transposeA = false, transposeB = false, sum = false } = options;
  const partial = {
    targets: [],
    outputs: sum
      ? [
          [parts, m, n],
          [parts, m],
        ]
      : [[parts, m, n]],
    accumulate: false,
  };
  const products = launchTiles(a, b, shape, tile, { transposeA, transposeB, sum }, parts, partial);
  const { workgroups, across } = coverRows(m * n);
  const made = launch({
    program: specialize('matmul-reduce', reduce, epilogueConstants(options, written.accumulate, false), [geluPart, epilogue]),
    inputs: options.bias ? [...products, options.bias] : products,
    targets: written.targets,
    outputs: written.outputs,
    uniform: [m * n, n, parts, across, m],
    workgroups,
  });
  for (const product of products) product.dispose();
  return made;
}
