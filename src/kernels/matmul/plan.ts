/** How a product is spread over the device: shape of a workgroup, and whether K is split. */

/** Threads side by side in a workgroup of 64, each eight columns wide: no more than the product has columns for. */
export function acrossThreads(n: number): number {
  const needed = Math.ceil(n / 8);
  return needed >= 8 ? 8 : needed > 2 ? 4 : needed;
}

/** Threads that keep a software adapter's few cores busy, and workgroups that keep a GPU busy. */
const enoughThreads = 256;
const enoughGroups = 64;
/** Values of K that make a piece worth its partial result. */
const shortestPiece = 256;

/** Pieces of K: 1 where the outputs alone occupy the device. */
export function pieces({ m, n, k }: { m: number; n: number; k: number }, registerTiles: boolean): number {
  const missing = registerTiles
    ? enoughThreads / (Math.ceil(m / 8) * Math.ceil(n / 8))
    : enoughGroups / (Math.ceil(m / 64) * Math.ceil(n / 64));
  return Math.max(1, Math.min(64, Math.ceil(missing), Math.floor(k / shortestPiece)));
}
