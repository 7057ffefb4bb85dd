/** The memory side of `kernels/lstm` and `kernels/gru` where their recurrence is fused: gates are overwritten by their gradients. Page-safe. */
import { pieces, tileFor } from '../../kernels/matmul/plan.ts';
import { dropout } from './operations.ts';
import type { Rehearsal, Shadow } from './rehearsal.ts';

function layer(r: Rehearsal, x: Shadow, gates: 3 | 4, batch: number, inputs: number, hidden: number): Shadow {
  const rows = x.values / inputs;
  const weightGradient = (columns: number): void => {
    const sizes = { m: gates * hidden, n: columns, k: rows };
    const parts = pieces(sizes, tileFor(sizes, r.tiles, { transposeA: true, sum: true }));
    if (parts > 1) r.pass(parts * gates * hidden * columns, parts * gates * hidden);
  };
  // `kernels/recurrence/pack.ts`.
  const packedValues = (r.tiles === 'quads' && hidden % 16 === 0 ? gates : 4) * hidden * hidden;
  const compute: Parameters<Rehearsal['operation']>[1] = (save) => {
    const products = r.make(rows * gates * hidden);
    const packed = r.make(packedValues);
    const result = r.make(rows * hidden);
    // The state one step earlier, and LSTM's cells or GRU's candidates.
    save(x, products, r.make(rows * hidden), r.make(rows * hidden));
    r.dispose(packed);
    return {
      outputs: [result],
      backward: () => {
        const repacked = r.make(packedValues);
        const carry = r.make((gates === 4 ? 2 : 1) * batch * hidden);
        // GRU's hidden products have a gradient of their own.
        if (gates === 3) r.make(rows * 3 * hidden);
        r.dispose(repacked, carry);
        weightGradient(inputs);
        weightGradient(hidden);
        return [x.constant ? null : r.make(x.values)];
      },
    };
  };
  return r.operation([x], compute, true)[0] as Shadow;
}

export interface RecurrentSize {
  readonly layers: number;
  readonly hiddenSize: number;
  readonly dropout: number;
}

/** `models/blocks/recurrent.ts`. @param x `[batch, time, features]` @returns `[batch, time, hidden]` */
export function stackedLayers(r: Rehearsal, x: Shadow, gates: 3 | 4, batch: number, features: number, size: RecurrentSize): Shadow {
  let states = x;
  for (let i = 0; i < size.layers; i++) {
    const given = i === 0 ? states : dropout(r, states, r.drops(size.dropout));
    states = layer(r, given, gates, batch, i === 0 ? features : size.hiddenSize, size.hiddenSize);
  }
  return states;
}
