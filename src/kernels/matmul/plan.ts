/** How a product is spread over the device: which tile, the shape of a workgroup, and whether K is split. */

export interface ProductSizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

export interface Tile {
  readonly source: 'register' | 'wide' | 'workgroup';
  /** Rows and columns of C that one thread (of `workgroup`: one workgroup) keeps. */
  readonly rows: number;
  readonly columns: number;
  /** Threads of a workgroup along N and along M. */
  readonly across: number;
  readonly down: number;
}

/** Threads side by side in a workgroup of 64, each `columns` wide: no more than the product has columns for. */
function threads(n: number, columns: number): { across: number; down: number } {
  const needed = Math.ceil(n / columns);
  const across = needed >= 8 ? 8 : needed > 2 ? 4 : needed;
  return { across, down: 64 / across };
}

interface Layout {
  readonly transposeA?: boolean;
  readonly sum?: boolean;
}

/** Where the wide tile can read four values at once: along K of each matrix, or along M and N of those that lie the other way. */
const inFours = ({ m, n, k }: ProductSizes, { transposeA = false, sum = false }: Layout): boolean =>
  n % 4 === 0 && k % 4 === 0 && (transposeA ? m % 4 === 0 : !sum);

/** @param registerTiles what suits the device */
export function tileFor(sizes: ProductSizes, registerTiles: boolean, layout: Layout): Tile {
  if (!registerTiles) return { source: 'workgroup', rows: 64, columns: 64, across: 16, down: 16 };
  const wide = sizes.n >= 16 && inFours(sizes, layout);
  // Sixteen rows are a quarter faster and twice as long to compile: for products that fill them many times.
  const tall = wide && sizes.m >= 64 && sizes.n >= 64;
  const [rows, columns] = tall ? [16, 16] : wide ? [8, 16] : [8, 8];
  return { source: wide ? 'wide' : 'register', rows, columns, ...threads(sizes.n, columns) };
}

/** Threads that keep a software adapter's few cores busy, and workgroups that keep a GPU busy. */
const enoughThreads = 256;
const enoughGroups = 64;
/** Values of K that make a piece worth its partial result. */
const shortestPiece = 256;

/** Pieces of K: 1 where the outputs alone occupy the device. */
export function pieces({ m, n, k }: ProductSizes, tile: Tile): number {
  const present = Math.ceil(m / tile.rows) * Math.ceil(n / tile.columns);
  const missing = (tile.source === 'workgroup' ? enoughGroups : enoughThreads) / present;
  return Math.max(1, Math.min(64, Math.ceil(missing), Math.floor(k / shortestPiece)));
}
