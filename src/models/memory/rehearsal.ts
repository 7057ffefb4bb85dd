/**
 * A pass without values: it takes and gives back buffers exactly as the real one does (scopes, what operations keep, the backward walk of
 * `kernels/gradients.ts`), so that its bytes are known before anything runs. Page-safe.
 */
import type { Tiles } from '../../kernels/matmul/plan.ts';
import { Pool } from './pool.ts';

/** Stands for a tensor on the device. Several may share one buffer. */
export interface Shadow {
  readonly values: number;
  /** Data, not a function of parameters: no gradient with respect to it is computed. */
  readonly constant: boolean;
  /** A function of trainable parameters: gradients sent here are passed on; what is sent elsewhere is dropped. */
  differentiable: boolean;
  readonly buffer: { readonly bytes: number; holders: number };
  held: boolean;
}

export interface Computed {
  readonly outputs: readonly Shadow[];
  /** @returns a gradient for each input, null where there is none */
  readonly backward: (upstream: readonly Shadow[]) => readonly (Shadow | null)[];
}

interface Node extends Computed {
  readonly inputs: readonly Shadow[];
  readonly saved: readonly Shadow[];
}

type Result = Shadow | readonly Shadow[];
const listOf = (result: Result): readonly Shadow[] => (Array.isArray(result) ? result : [result as Shadow]);

export class Rehearsal {
  readonly pool = new Pool();
  /** Bytes that forward passes left for their backward pass, at the most. */
  mostSaved = 0;
  private tape: Node[] | null = null;
  private scopes: Shadow[][] = [[]];

  private recorded = false;

  /** @param tiles of matrix products on the device */
  constructor(readonly tiles: Tiles = 'workgroups') {}

  /** Whether operations keep what their backward pass needs. */
  get keeping(): boolean {
    return this.recorded;
  }

  /** Whether something is dropped at this rate: only while training. */
  drops(rate: number): boolean {
    return this.recorded && rate > 0;
  }

  make(values: number, constant = false): Shadow {
    this.pool.take(4 * values);
    return this.track({ values, constant, differentiable: !constant, buffer: { bytes: 4 * values, holders: 1 }, held: true });
  }

  /** The same buffer under another name: a clone or a reshape. */
  alias(of: Shadow, differentiable = of.differentiable): Shadow {
    of.buffer.holders++;
    return this.track({ ...of, differentiable, held: true });
  }

  dispose(...shadows: readonly Shadow[]): void {
    for (const shadow of shadows) {
      if (!shadow.held) continue;
      shadow.held = false;
      if (--shadow.buffer.holders === 0) this.pool.give(shadow.buffer.bytes);
    }
  }

  tidy<T extends Result>(compute: () => T): T {
    this.scopes.push([]);
    const result = compute();
    const own = this.scopes.pop() as Shadow[];
    const kept = listOf(result);
    for (const shadow of own)
      if (kept.includes(shadow)) this.track(shadow);
      else this.dispose(shadow);
    return result;
  }

  /** Taken and given back at once: what an operation needs between two launches. */
  pass(...values: readonly number[]): void {
    for (const bytes of values) this.pool.take(4 * bytes);
    for (const bytes of values) this.pool.give(4 * bytes);
  }

  /**
   * One differentiable operation; `compute` runs without a tape. `save` keeps tensors for the backward pass.
   * @param trains the operation has trainable parameters of its own
   */
  operation(
    inputs: readonly Shadow[],
    compute: (save: (...kept: readonly Shadow[]) => void) => Computed,
    trains = false,
  ): readonly Shadow[] {
    const saved: Shadow[] = [];
    const save = (...kept: readonly Shadow[]): void => {
      if (!tape) return;
      for (const one of kept) {
        one.buffer.holders++;
        saved.push({ ...one, held: true });
      }
    };
    const { tape } = this;
    this.tape = null;
    let computed: Computed | undefined;
    const outputs = this.tidy(() => {
      computed = compute(save);
      return computed.outputs;
    });
    this.tape = tape;
    const differentiable = trains || inputs.some((input) => input.differentiable);
    for (const output of outputs) output.differentiable = differentiable;
    tape?.push({ ...(computed as Computed), inputs, saved });
    return outputs;
  }

  /** `kernels/recompute.ts`: the input alone is kept; the backward pass computes the rest anew. */
  recomputed(x: Shadow, compute: (x: Shadow) => Shadow): Shadow {
    const [result] = this.operation(
      [x],
      (save) => {
        save(x);
        return {
          outputs: [this.tidy(() => compute(x))],
          backward: ([dy]) => {
            const tape: Node[] = [];
            Object.assign(this, { tape, recorded: true });
            const again = this.tidy(() => compute(x));
            Object.assign(this, { tape: null, recorded: false });
            this.dispose(again);
            const arrived = new Map<Shadow, Shadow>([[again, this.alias(dy as Shadow)]]);
            this.walkBack(tape, arrived);
            return [arrived.get(x) ?? null];
          },
        };
      },
      true,
    );
    return result as Shadow;
  }

  /** What runs inside leaves no trace on the tape, and gradients end at its result. */
  withoutGradient(compute: () => Shadow): Shadow {
    const { tape, recorded } = this;
    this.tape = null;
    this.recorded = false;
    const result = this.tidy(compute);
    Object.assign(this, { tape, recorded });
    const end = this.alias(result, false);
    this.dispose(result);
    return end;
  }

  /** Forward and backward of a value. */
  differentiate(compute: () => Shadow): void {
    const tape: Node[] = [];
    this.tape = tape;
    this.recorded = true;
    const before = this.pool.used;
    const value = this.tidy(compute);
    this.tape = null;
    this.recorded = false;
    this.mostSaved = Math.max(this.mostSaved, this.pool.used - before);
    const arrived = new Map<Shadow, Shadow>([[value, this.make(value.values)]]);
    this.walkBack(tape, arrived);
  }

  private walkBack(tape: Node[], arrived: Map<Shadow, Shadow>): void {
    for (let node = tape.pop(); node; node = tape.pop()) this.sendBack(node, arrived);
  }

  private sendBack({ inputs, outputs, saved, backward }: Node, arrived: Map<Shadow, Shadow>): void {
    if (!outputs.some((output) => arrived.has(output))) {
      this.dispose(...saved);
      return;
    }
    // An output that nothing used has a gradient of zeros.
    const upstream = outputs.map((output) => arrived.get(output) ?? this.make(output.values));
    for (const output of outputs) arrived.delete(output);
    const wanted = inputs.map(({ differentiable }) => differentiable);
    let sent: readonly (Shadow | null)[] = [];
    this.tidy(() => {
      sent = backward(upstream);
      return sent.filter((gradient, i): gradient is Shadow => gradient !== null && wanted[i] === true);
    });
    inputs.forEach((input, i) => {
      const own = sent[i];
      if (!own || !wanted[i]) return;
      const before = arrived.get(input);
      arrived.set(input, before ? this.make(own.values) : own);
      if (before) this.dispose(before, own);
    });
    this.dispose(...upstream.filter((gradient) => !sent.includes(gradient)), ...saved);
  }

  private track(shadow: Shadow): Shadow {
    (this.scopes.at(-1) as Shadow[]).push(shadow);
    return shadow;
  }
}
