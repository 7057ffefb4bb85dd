/** The memory side of `models/blocks/encoder.ts` and `heads.ts`: the same walk over shadows. Page-safe. */
import { add, addNorm, attention, dropout, layerNorm, linear, scale } from './operations.ts';
import type { Rehearsal, Shadow } from './rehearsal.ts';

/** A micro-batch: windows, bars and features. */
export interface Shape {
  readonly batch: number;
  /** Windows that a frozen base runs over at once, where not the whole micro-batch. */
  readonly base?: number;
  readonly time: number;
  readonly features: number;
  /** Blocks keep their input alone and compute their activations anew. */
  readonly recompute?: boolean;
}

export interface EncoderSize {
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
  readonly dropout: number;
  /** The blocks' own weights are no parameters. */
  readonly frozen?: boolean;
  /** Rank of adapters at the projections of attention, by default none. */
  readonly rank?: number;
}

type Part = (x: Shadow) => Shadow;

export const denseFeedForward =
  (r: Rehearsal, width: number, inner: number, rate: number, frozen = false): Part =>
  (x) =>
    r.tidy(() => {
      const y = linear(r, x, width, inner, { activation: 'gelu', frozen });
      return linear(r, dropout(r, y, r.drops(rate)), inner, width, { frozen });
    });

/** The memory side of `models/blocks/lora.ts`. */
function adapted(r: Rehearsal, x: Shadow, inputs: number, outputs: number, rank: number): Shadow {
  const low = scale(r, linear(r, x, inputs, rank));
  return add(r, linear(r, x, inputs, outputs, { frozen: true }), linear(r, low, rank, outputs));
}

/** @returns `[batch, time, width]` */
export function encode(
  r: Rehearsal,
  input: Shadow,
  { batch, time, features, recompute }: Shape,
  size: EncoderSize,
  feedForward: Part,
): Shadow {
  const { width, heads, frozen = false, rank = 0 } = size;
  const drops = r.drops(size.dropout);
  const project = (x: Shadow, outputs: number): Shadow =>
    rank > 0 ? adapted(r, x, width, outputs, rank) : linear(r, x, width, outputs, { frozen });
  const attend: Part = (x) => r.tidy(() => project(attention(r, project(x, 3 * width), batch * time, width, heads), width));
  const placed = r.tidy(() => {
    const positions = r.make(time * width, true);
    return add(r, linear(r, input, features, width, { frozen }), positions);
  });
  if (recompute && r.keeping) {
    const block = (x: Shadow): Shadow => {
      const branch = attend(layerNorm(r, x, width, frozen));
      const [sum, y] = addNorm(r, x, branch, width, { drops, frozen });
      return add(r, sum, dropout(r, feedForward(y), drops));
    };
    let x = placed;
    for (let i = 0; i < size.blocks; i++) {
      const next = r.recomputed(x, block);
      r.dispose(x);
      x = next;
    }
    const states = layerNorm(r, x, width, frozen);
    r.dispose(x);
    return states;
  }
  let [sum, y]: readonly [Shadow, Shadow] = [placed, layerNorm(r, placed, width, frozen)];
  const half = <T extends Shadow | readonly [Shadow, Shadow]>(part: Part, join: (x: Shadow, branch: Shadow) => T): T => {
    const branch = part(y);
    const joined = r.tidy(() => join(sum, branch));
    r.dispose(sum, y, branch);
    return joined;
  };
  for (let i = 0; ; i++) {
    [sum, y] = half(attend, (x, branch) => addNorm(r, x, branch, width, { drops, frozen }));
    if (i === size.blocks - 1) return half(feedForward, (x, branch) => layerNorm(r, add(r, x, dropout(r, branch, drops)), width, frozen));
    [sum, y] = half(feedForward, (x, branch) => addNorm(r, x, branch, width, { drops, frozen }));
  }
}

const both = (r: Rehearsal, head: (outputs: number) => Shadow): Shadow => add(r, head(3), head(1));

/** @param x `[batch, size]` @returns what stands for the loss */
export const smallHeads = (r: Rehearsal, x: Shadow, size: number, rate: number): Shadow =>
  both(r, (outputs) => {
    const inner = Math.max(1, Math.floor(size / 2));
    return linear(r, dropout(r, linear(r, x, size, inner, { activation: 'gelu' }), r.drops(rate)), inner, outputs);
  });
