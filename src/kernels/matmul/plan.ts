/** How a product is spread over the device: which tile, the shape of a workgroup, and whether K is split. */

/** Who shares what was loaded: a thread's registers, four threads of a subgroup, or a workgroup's memory. */
export type Tiles = 'registers' | 'quads' | 'workgroups';

export interface ProductSizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

export interface Tile {
  readonly source: 'register' | 'quad' | 'workgroup';
  /** Rows and columns of C that one thread (of `quad`: four threads; of `workgroup`: one workgroup) keeps. */
  readonly rows: number;
  readonly columns: number;
  /** Threads (of `quad`: quads) of a workgroup along N and along M. */
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

/** Where four values can be read at once: along K of each matrix, or along M and N of those that lie the other way. */
const inFours = ({ m, n, k }: ProductSizes, { transposeA = false, sum = false }: Layout): boolean =>
  n % 4 === 0 && k % 4 === 0 && (transposeA ? m % 4 === 0 : !sum);

/** Columns of a quad: wider ones load less for a product, as long as they do not reach far past the edge. In nanoseconds a value of K on a software adapter. */
export function quadColumns(n: number): number {
  const cost = (quads: number): number => Math.ceil(n / (16 * quads)) * (72 + 119 * quads);
  return 16 * [3, 2, 1].reduce((best, quads) => (cost(quads) < cost(best) ? quads : best));
}

/** Four quads to a workgroup, placed so that few of them lie past the edge. */
function quadTile({ m, n }: ProductSizes): Tile {
  const rows = m > 16 ? 32 : 16;
  const columns = quadColumns(n);
  const present = Math.ceil(m / rows);
  const down = [4, 2, 1].find((count) => Math.ceil(present / count) * count <= 1.125 * present) as number;
  const across = Math.min(4 / down, Math.ceil(n / columns));
  return { source: 'quad', rows, columns, across, down };
}

export function tileFor(sizes: ProductSizes, tiles: Tiles, layout: Layout): Tile {
  if (tiles === 'workgroups') return { source: 'workgroup', rows: 64, columns: 64, across: 16, down: 16 };
  if (tiles === 'quads' && sizes.n >= 16 && inFours(sizes, layout)) return quadTile(sizes);
  return { source: 'register', rows: 8, columns: 8, ...threads(sizes.n, 8) };
}

/** Tiles that keep the device busy: a software adapter's few cores, or all of a GPU. */
const enough = { register: 256, quad: 128, workgroup: 64 };
/** Values of K that make a piece worth its partial result. */
const shortestPiece = 256;

/** Pieces of K: 1 where the outputs alone occupy the device. */
export function pieces({ m, n, k }: ProductSizes, tile: Tile): number {
  const present = Math.ceil(m / tile.rows) * Math.ceil(n / tile.columns);
  return Math.max(1, Math.min(64, Math.ceil(enough[tile.source] / present), Math.floor(k / shortestPiece)));
}
