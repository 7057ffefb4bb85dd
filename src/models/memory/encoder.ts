/** The memory side of `models/blocks/encoder.ts` and `heads.ts`: the same walk over shadows. Page-safe. */
import { add, addNorm, attention, dropout, gelu, layerNorm, linear } from './operations.ts';
import type { Rehearsal, Shadow } from './rehearsal.ts';

/** A micro-batch: windows, bars and features. */
export interface Shape {
  readonly batch: number;
  /** Windows that a frozen base runs over at once, where not the whole micro-batch. */
  readonly base?: number;
  readonly time: number;
  readonly features: number;
}

export interface EncoderSize {
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
  readonly dropout: number;
}

type Part = (x: Shadow) => Shadow;

export const denseFeedForward =
  (r: Rehearsal, width: number, inner: number, rate: number): Part =>
  (x) =>
    r.tidy(() => {
      const y = linear(r, x, width, inner, 'gelu');
      return linear(r, dropout(r, y, r.drops(rate)), inner, width);
    });

/** @returns `[batch, time, width]` */
export function encode(r: Rehearsal, input: Shadow, { batch, time, features }: Shape, size: EncoderSize, feedForward: Part): Shadow {
  const { width, heads } = size;
  const drops = r.drops(size.dropout);
  const attend: Part = (x) =>
    r.tidy(() => {
      const joined = attention(r, linear(r, x, width, 3 * width), batch * time, width, heads);
      return linear(r, joined, width, width);
    });
  let [sum, y] = r.tidy(() => {
    const positions = r.make(time * width, true);
    const placed = add(r, linear(r, input, features, width), positions);
    return [placed, layerNorm(r, placed, width)] as const;
  });
  const half = <T extends Shadow | readonly [Shadow, Shadow]>(part: Part, join: (x: Shadow, branch: Shadow) => T): T => {
    const branch = part(y);
    const joined = r.tidy(() => join(sum, branch));
    r.dispose(sum, y, branch);
    return joined;
  };
  for (let i = 0; ; i++) {
    [sum, y] = half(attend, (x, branch) => addNorm(r, x, branch, width, drops));
    if (i === size.blocks - 1) return half(feedForward, (x, branch) => layerNorm(r, add(r, x, dropout(r, branch, drops)), width));
    [sum, y] = half(feedForward, (x, branch) => addNorm(r, x, branch, width, drops));
  }
}

const both = (r: Rehearsal, head: (outputs: number) => Shadow): Shadow => add(r, head(3), head(1));

/** @param x `[batch, size]` @returns what stands for the loss */
export const smallHeads = (r: Rehearsal, x: Shadow, size: number, rate: number): Shadow =>
  both(r, (outputs) => {
    const inner = Math.max(1, Math.floor(size / 2));
    return linear(r, dropout(r, linear(r, x, size, inner, 'gelu'), r.drops(rate)), inner, outputs);
  });

/** @param widths of the two inner layers */
export const deepHeads = (r: Rehearsal, x: Shadow, size: number, [first, second]: readonly [number, number], rate: number): Shadow => {
  const layer = (input: Shadow, inputs: number, outputs: number): Shadow =>
    dropout(r, gelu(r, layerNorm(r, linear(r, input, inputs, outputs), outputs)), r.drops(rate));
  return both(r, (outputs) => linear(r, layer(layer(x, size, first), first, second), second, outputs));
};
