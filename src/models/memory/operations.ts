/**
 * What each operation takes, keeps for its backward pass and takes there: the memory side of `kernels/<name>/op.ts`, one function each, to
 * be changed together with it. Sizes are in values. Gradients of parameters are written in place and cost nothing here. Page-safe.
 */
import { pieces, tileFor } from '../../kernels/matmul/plan.ts';
import type { Rehearsal, Shadow } from './rehearsal.ts';

type Activation = 'none' | 'gelu';

/** Partial results of a product whose K is split. */
function split(r: Rehearsal, m: number, n: number, k: number, sums = false): void {
  // Row sums come with weight gradients, whose first factor is transposed.
  const parts = pieces({ m, n, k }, tileFor({ m, n, k }, r.tiles, { transposeA: sums, sum: sums }));
  if (parts > 1) r.pass(parts * m * n, ...(sums ? [parts * m] : []));
}

/** `kernels/column-sum`: two partial sums. */
function columnSums(r: Rehearsal, rows: number, width: number): void {
  const wanted = Math.max(1, Math.min(Math.ceil(4096 / width), Math.ceil(rows / 32)));
  const chunks = Math.ceil(rows / Math.ceil(rows / wanted));
  r.pass(chunks * width, chunks * width);
}

interface LinearOptions {
  readonly activation?: Activation;
  /** The weights are no parameters: only `x` has a gradient, and only what comes before an activation is kept. */
  readonly frozen?: boolean;
}

/** `kernels/linear`. @param x `[rows, in]` @returns `[rows, out]` */
export function linear(r: Rehearsal, x: Shadow, inputs: number, outputs: number, options: LinearOptions = {}): Shadow {
  const { activation = 'none', frozen = false } = options;
  const rows = x.values / inputs;
  const compute: Parameters<Rehearsal['operation']>[1] = (save) => {
    const result = r.make(rows * outputs);
    split(r, rows, outputs, inputs);
    const before = r.keeping && activation === 'gelu' ? r.make(rows * outputs) : null;
    save(...(frozen ? [] : [x]), ...(before ? [before] : []));
    return {
      outputs: [result],
      backward: () => {
        if (before) r.make(rows * outputs);
        if (!frozen) split(r, outputs, inputs, rows, true);
        if (x.constant) return [null];
        const dx = r.make(x.values);
        split(r, rows, inputs, outputs);
        return [dx];
      },
    };
  };
  return r.operation([x], compute, !frozen)[0] as Shadow;
}

/** `kernels/layer-norm`: keeps the normalised value. @param x `[rows, width]` */
export function layerNorm(r: Rehearsal, x: Shadow, width: number, frozen = false): Shadow {
  const rows = x.values / width;
  const compute: Parameters<Rehearsal['operation']>[1] = (save) => {
    const result = r.make(x.values);
    save(r.make(x.values), r.make(rows));
    return {
      outputs: [result],
      backward: () => {
        if (!frozen) columnSums(r, rows, width);
        return [r.make(x.values)];
      },
    };
  };
  return r.operation([x], compute, !frozen)[0] as Shadow;
}

interface AddNormOptions {
  readonly drops: boolean;
  readonly frozen?: boolean;
}

/** `kernels/add-norm`: keeps the sum and normalises it anew. @returns sum and y */
export function addNorm(r: Rehearsal, x: Shadow, branch: Shadow, width: number, options: AddNormOptions): readonly [Shadow, Shadow] {
  const { drops, frozen = false } = options;
  const rows = x.values / width;
  const compute: Parameters<Rehearsal['operation']>[1] = (save) => {
    const sum = r.make(x.values);
    save(sum);
    return {
      outputs: [sum, r.make(x.values)],
      backward: () => {
        const stream = r.make(x.values);
        const normal = r.make(x.values);
        if (!frozen) columnSums(r, rows, width);
        r.dispose(normal);
        return [stream, drops ? r.make(x.values) : r.alias(stream)];
      },
    };
  };
  return r.operation([x, branch], compute, !frozen) as unknown as readonly [Shadow, Shadow];
}

/** `kernels/deep-heads`: both heads side by side. @param x `[rows, size]` @returns what stands for the loss */
export function deepHeads(r: Rehearsal, x: Shadow, size: number, [first, second]: readonly [number, number]): Shadow {
  const rows = x.values / size;
  const compute: Parameters<Rehearsal['operation']>[1] = (save) => {
    const z1 = r.make(2 * rows * first);
    const kept1 = [r.make(2 * rows * first), r.make(2 * rows * first), r.make(2 * rows)];
    r.dispose(z1);
    const z2 = r.make(2 * rows * second);
    const kept2 = [r.make(2 * rows * second), r.make(2 * rows * second), r.make(2 * rows)];
    const outputs = [r.make(3 * rows), r.make(rows)];
    r.dispose(z2);
    save(x, ...kept1, ...kept2);
    return {
      outputs,
      backward: () => {
        for (const width of [second, second, first, first, first]) r.make(2 * rows * width);
        return [x.differentiable ? r.make(x.values) : null];
      },
    };
  };
  const [direction, returns] = r.operation([x], compute, true);
  return add(r, direction as Shadow, returns as Shadow);
}

/** `kernels/attention`: no matrix of scores. @param projected `[batch, time, 3·width]` @returns `[batch, time, width]` */
export function attention(r: Rehearsal, projected: Shadow, tokens: number, width: number, heads: number): Shadow {
  const spare = heads * (-(width / heads) & 3);
  const fused = (x: Shadow): Shadow => {
    const [joined] = r.operation([x], (save) => {
      const result = r.make(tokens * (width + spare));
      save(x, result, r.make(tokens * heads));
      return {
        outputs: [result],
        backward: () => {
          const dx = r.make(x.values);
          r.make(tokens * heads);
          return [dx];
        },
      };
    });
    return joined as Shadow;
  };
  if (spare === 0) return fused(projected);
  return reshaped(r, fused(reshaped(r, projected, 3 * tokens * (width + spare))), tokens * width);
}

/** A copy of another size (pad, slice) whose gradient is one of the first size. */
function reshaped(r: Rehearsal, x: Shadow, values: number): Shadow {
  const [y] = r.operation([x], (save) => {
    save(x);
    return { outputs: [r.make(values)], backward: () => [r.make(x.values)] };
  });
  return y as Shadow;
}

/** `kernels/dropout`: the mask is drawn again, nothing is kept. */
export function dropout(r: Rehearsal, x: Shadow, drops: boolean): Shadow {
  if (!drops) return x;
  return r.operation([x], () => ({ outputs: [r.make(x.values)], backward: () => [r.make(x.values)] }))[0] as Shadow;
}

/** `factor·x`, which keeps nothing. */
export const scale = (r: Rehearsal, x: Shadow): Shadow => dropout(r, x, true);

/** tfjs' sum of two of one size: the gradient goes to both as it is. */
export function add(r: Rehearsal, x: Shadow, y: Shadow): Shadow {
  return r.operation([x, y], () => ({
    outputs: [r.make(x.values)],
    backward: ([dy]) => [x, y].map((one) => (one.differentiable ? r.alias(dy as Shadow) : null)),
  }))[0] as Shadow;
}

/** `kernels/rows` timeMean: a product with a row of equal shares. @param x `[batch, time, width]` @returns `[batch, width]` */
export function timeMean(r: Rehearsal, x: Shadow, batch: number, time: number): Shadow {
  const shares = r.make(batch * time, true);
  const [y] = r.operation([x], (save) => {
    save(shares, x);
    return {
      outputs: [r.make(x.values / time)],
      backward: () => {
        r.make(batch * time);
        return [r.make(x.values)];
      },
    };
  });
  return y as Shadow;
}

/** `kernels/pooling`. @param states `[batch, time, width]` @returns `[batch, width]` */
export function attentionPooling(r: Rehearsal, states: Shadow, batch: number, width: number): Shadow {
  const rows = states.values / width;
  const [y] = r.operation([states], (save) => {
    save(r.make(states.values), r.make(rows), states);
    split(r, rows, width, width);
    return {
      outputs: [r.make(batch * width)],
      backward: () => {
        const dStates = r.make(states.values);
        r.make(states.values);
        r.make(rows);
        split(r, 1, width, rows);
        split(r, width, width, rows, true);
        return [dStates];
      },
    };
  });
  return y as Shadow;
}

/** The last of `[batch, time, width]`, as tfjs cuts it out. */
export const lastState = (r: Rehearsal, states: Shadow, time: number): Shadow => reshaped(r, states, states.values / time);
