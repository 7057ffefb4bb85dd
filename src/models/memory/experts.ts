/** The memory side of `kernels/experts`: each token has two slots; experts take turns over sorted slots, whatever their load. Page-safe. */
import { tileRows } from '../../kernels/experts/tile-rows.ts';
import type { Rehearsal, Shadow } from './rehearsal.ts';

export interface ExpertsSize {
  readonly width: number;
  readonly experts: number;
  readonly expertWidth: number;
}

/** @param x `[tokens, width]` @returns the output `[tokens, width]` */
export function experts(r: Rehearsal, x: Shadow, { width, experts: count, expertWidth }: ExpertsSize): Shadow {
  const tokens = x.values / width;
  const [slots, chunks, tile] = [2 * tokens, Math.ceil(tokens / 64), tileRows[r.tiles]];
  const words = count + 1 + 2 * Math.floor((slots + (tile - 1) * count) / tile) + slots;
  return r.tidy(() => {
    // Each token's share of the auxiliary loss.
    r.make(tokens, true);
    const [output] = r.operation([x], (save) => {
      const [probabilities, plan, routes] = [r.make(tokens * count), r.make(words), r.make(4 * tokens)];
      // The router's picks, counts and sums.
      for (const values of [tokens, chunks * count, 2 * chunks * count, chunks * count]) r.make(values);
      const z = r.make(slots * expertWidth);
      // The hidden layer, made anew in the backward pass.
      r.make(slots * expertWidth);
      const out = r.make(slots * width);
      save(x, probabilities, plan, routes, z, out);
      return {
        outputs: [r.make(x.values)],
        backward: () => {
          const [logits, dout] = [r.make(tokens * count), r.make(slots * width)];
          const [dz, hidden] = [r.make(slots * expertWidth), r.make(slots * expertWidth)];
          r.dispose(hidden, dout);
          const dslots = r.make(slots * width);
          r.dispose(dz);
          const dx = r.make(x.values);
          r.dispose(dslots);
          r.pass(chunks * count * width);
          r.dispose(logits);
          return [dx];
        },
      };
    });
    return output as Shadow;
  });
}
