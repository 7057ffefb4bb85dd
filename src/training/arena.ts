/**
 * Parameters of one model on the device. All trainable values live in one flat tensor with views by name, so that clip, AdamW,
 * checkpoint and the best-weights copy are a few dispatches; frozen ones are plain tensors beside it.
 */
import * as tf from '@tensorflow/tfjs';
import { createRandom, deriveSeed } from '../lib/random.ts';
import type { Parameters } from '../models/model.ts';
import type { ParameterSpec } from '../models/parameter.ts';

export interface Arena {
  readonly specs: readonly ParameterSpec[];
  readonly trainable: readonly ParameterSpec[];
  /** Trainable values, then AdamW's first and second moment, `[P]` each. */
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

/** @param valuesOf values of one parameter, `spec.shape` row-major; by default freshly drawn from `seed`. */
export function createArena(
  specs: readonly ParameterSpec[],
  seed: number,
  valuesOf = (spec: ParameterSpec): Float32Array => initialValues(spec, seed),
): Arena {
  const trainable = specs.filter((spec) => spec.trainable);
  const flat = new Float32Array(trainable.reduce((total, spec) => total + sizeOf(spec), 0));
  let offset = 0;
  for (const spec of trainable) {
    flat.set(valuesOf(spec), offset);
    offset += sizeOf(spec);
  }
  const variable = (values: tf.Tensor1D): tf.Variable<tf.Rank.R1> => {
    const made = tf.variable(values);
    values.dispose();
    return made;
  };
  const frozen = new Map(specs.filter((s) => !s.trainable).map((spec) => [spec.name, tf.tensor(valuesOf(spec), [...spec.shape])]));
  const arena = {
    specs,
    trainable,
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

/** One tensor per trainable parameter, in the arena's order, cut from `flat` `[P]`. Call inside `tf.tidy`. */
export function viewsOf(arena: Arena, flat: tf.Tensor1D): tf.Tensor[] {
  let offset = 0;
  return arena.trainable.map((spec) => {
    const view = flat.slice(offset, sizeOf(spec)).reshape([...spec.shape]);
    offset += sizeOf(spec);
    return view;
  });
}

/** Parameters by name over the given views. */
export function parametersOf(arena: Arena, views: readonly tf.Tensor[]): Parameters {
  const byName = new Map(arena.frozen);
  arena.trainable.forEach((spec, i) => {
    byName.set(spec.name, views[i] as tf.Tensor);
  });
  return (name) => {
    const tensor = byName.get(name);
    if (!tensor) throw new Error(`the model asks for a parameter it does not declare: ${name}`);
    return tensor;
  };
}

/** Values of every parameter on the host, in the order of the specifications; trainable ones from `flat` (by default the present values). */
export async function readParameters(
  arena: Arena,
  flat: tf.Tensor1D = arena.values,
): Promise<{ spec: ParameterSpec; values: Float32Array }[]> {
  const all = (await flat.data()) as Float32Array;
  let offset = 0;
  const read: { spec: ParameterSpec; values: Float32Array }[] = [];
  for (const spec of arena.specs) {
    const tensor = arena.frozen.get(spec.name);
    if (tensor) {
      read.push({ spec, values: (await tensor.data()) as Float32Array });
      continue;
    }
    read.push({ spec, values: all.slice(offset, offset + sizeOf(spec)) });
    offset += sizeOf(spec);
  }
  return read;
}
