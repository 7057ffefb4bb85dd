/** A place in the model where dropout happens, in one pass: all that a kernel needs to draw its mask, and to draw it again in the backward pass. */
import { floatBits } from '../launch/uniforms.ts';

export interface DropoutSite {
  /** Probability of a zero, in (0, 1). */
  readonly rate: number;
  /** Differs from site to site and from step to step. */
  readonly seed: number;
  /** Global index in the batch of the pass's first row, so that any micro-batching draws the same bits. */
  readonly firstRow: number;
}

/**
 * A site as uniform words for `random.wgsl`: seed, threshold, scale, first index. All zero (keeps everything, scale 1) for null.
 * @param perRow values of one row: the mask at row r, position i is drawn at index `(firstRow + r)·perRow + i`
 */
export function siteWords(site: DropoutSite | null, perRow: number): [number, number, number, number] {
  if (!site) return [0, 0, floatBits(1), 0];
  // An integer u of 24 bits lies under rate·2²⁴ exactly where it lies under its ceiling.
  return [site.seed, Math.ceil(site.rate * 16777216), floatBits(1 / (1 - site.rate)), Math.imul(site.firstRow, perRow) >>> 0];
}
