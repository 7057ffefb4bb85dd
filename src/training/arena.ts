/**
 * Parameters of one model on the device. All trainable values live in one flat tensor with views by name, so that clip, AdamW,
 * checkpoint and the best-weights copy are a few dispatches; frozen ones are plain tensors beside it.
 */
import * as tf from '@tensorflow/tfjs';
import { constant } from '../kernels/constant.ts';
import { viewAlignment, viewOf } from '../kernels/launch/view.ts';
import { fusing } from '../kernels/mode.ts';
import { createRandom, deriveSeed } from '../lib/random.ts';
import type { Parameters } from '../models/model.ts';
import { namedParameters } from '../models/named-parameters.ts';
import type { ParameterSpec } from '../models/parameter.ts';

export interface Arena {
  readonly specs: readonly ParameterSpec[];
  readonly trainable: readonly ParameterSpec[];
  /** First value of each trainable parameter in the flat tensors. */
  readonly offsets: readonly number[];
  /** Trainable values, then AdamW's first and second moment, `[P]` each. Parameters start at multiples of 64 values; the gaps stay 0. */
  readonly values: tf.Variable<tf.Rank.R1>;
  readonly firstMoment: tf.Variable<tf.Rank.R1>;
  readonly secondMoment: tf.Variable<tf.Rank.R1>;
  readonly frozen: ReadonlyMap<string, tf.Tensor>;
  dispose(): void;
}

const sizeOf = (spec: ParameterSpec): number => spec.shape.reduce((product, n) => product * n, 1);

/** Initial values of one parameter from its own stream, so that adding a parameter never moves another's numbers. */
export function initialValues(spec: ParameterSpec, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(spec));
  if (spec.initial.kind === 'ones') return values.fill(1);
  if (spec.initial.kind === 'zeros') return values;
  const random = createRandom(deriveSeed(seed, 'initial', spec.name));
  const bound = spec.initial.bound;
  for (let i = 0; i < values.length; i++) values[i] = (2 * random() - 1) * bound;
  return values;
}

/** Where each trainable parameter lies in the flat values, in the order of the specifications. */
export function layoutOf(specs: readonly ParameterSpec[]): {
  trainable: readonly ParameterSpec[];
  offsets: readonly number[];
  length: number;
} {
  const trainable = specs.filter((spec) => spec.trainable);
  const offsets: number[] = [];
  let length = 0;
  for (const spec of trainable) {
    offsets.push(length);
    length += Math.ceil(sizeOf(spec) / viewAlignment) * viewAlignment;
  }
  return { trainable, offsets, length };
}

/** @param valuesOf values of one parameter, `spec.shape` row-major; by default freshly drawn from `seed`. */
export function createArena(
  specs: readonly ParameterSpec[],
  seed: number,
  valuesOf = (spec: ParameterSpec): Float32Array => initialValues(spec, seed),
): Arena {
  const { trainable, offsets, length } = layoutOf(specs);
  const flat = new Float32Array(length);
  trainable.forEach((spec, i) => {
    flat.set(valuesOf(spec), offsets[i] as number);
  });
  const variable = (values: tf.Tensor1D): tf.Variable<tf.Rank.R1> => {
    const made = tf.variable(values);
    values.dispose();
    return made;
  };
  const frozen = new Map(
    specs.filter((s) => !s.trainable).map((spec) => [spec.name, constant(tf.tensor(valuesOf(spec), [...spec.shape]))]),
  );
  const arena = {
    specs,
    trainable,
    offsets,
    values: variable(tf.tensor1d(flat)),
    firstMoment: variable(tf.zeros([flat.length])),
    secondMoment: variable(tf.zeros([flat.length])),
    frozen,
  };
  return {
    ...arena,
    dispose: () => {
      tf.dispose([arena.values, arena.firstMoment, arena.secondMoment, ...frozen.values()]);
    },
  };
}

/** One tensor per trainable parameter, in the arena's order: stretches of `flat` `[P]` under fused kernels, else copies. Call inside `tf.tidy`. */
export function viewsOf(arena: Arena, flat: tf.Tensor1D): tf.Tensor[] {
  const fused = fusing();
  return arena.trainable.map((spec, i) => {
    const offset = arena.offsets[i] as number;
    return fused ? viewOf(flat, offset, spec.shape) : flat.slice(offset, sizeOf(spec)).reshape([...spec.shape]);
  });
}

/** Gradients by parameter, in the arena's order, as one flat `[P]` with the gaps 0. */
export function joinGradients(gradients: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.tidy(() => {
    const pieces = gradients.flatMap((gradient) => {
      const gap = (viewAlignment - (gradient.size % viewAlignment)) % viewAlignment;
      return gap === 0 ? [gradient.reshape([-1])] : [gradient.reshape([-1]), tf.zeros([gap])];
    });
    return tf.concat(pieces as tf.Tensor1D[]);
  });
}

/** Parameters by name over the given views. */
export function parametersOf(arena: Arena, views: readonly tf.Tensor[]): Parameters {
  return namedParameters(new Map(arena.trainable.map(({ name }, i) => [name, views[i] as tf.Tensor])), arena.frozen);
}

/** The frozen parameters alone, by name. */
export const frozenParameters = ({ frozen }: Arena): Parameters => namedParameters(new Map(), frozen);

/** Values of every parameter on the host, in the order of the specifications; trainable ones from `flat` (by default the present values). */
export async function readParameters(
  arena: Arena,
  flat: tf.Tensor1D = arena.values,
): Promise<{ spec: ParameterSpec; values: Float32Array }[]> {
  const all = (await flat.data()) as Float32Array;
  const offsetOf = new Map(arena.trainable.map((spec, i) => [spec.name, arena.offsets[i] as number]));
  const read: { spec: ParameterSpec; values: Float32Array }[] = [];
  for (const spec of arena.specs) {
    const tensor = arena.frozen.get(spec.name);
    if (tensor) {
      read.push({ spec, values: (await tensor.data()) as Float32Array });
      continue;
    }
    const offset = offsetOf.get(spec.name) as number;
    read.push({ spec, values: all.slice(offset, offset + sizeOf(spec)) });
  }
  return read;
}
