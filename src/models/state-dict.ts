/**
 * Between a model's own parameters and PyTorch's state_dict: experts are one stacked tensor `[experts, …]` inside and one
 * tensor each outside, where the `*` in their name is the index.
 */
import { StudioError } from '../lib/errors.ts';
import type { ParameterSpec } from '../models/parameter.ts';
import type { NamedTensor } from './named-tensor.ts';

const index = '*';
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Names and shapes under which one parameter appears in a state_dict. */
function outerTensors(spec: Pick<ParameterSpec, 'name' | 'shape'>): { name: string; shape: readonly number[] }[] {
  if (!spec.name.includes(index)) return [{ name: spec.name, shape: spec.shape }];
  const [count = 0, ...shape] = spec.shape;
  return Array.from({ length: count }, (_, i) => ({ name: spec.name.replace(index, String(i)), shape }));
}

/** One parameter as state_dict tensors: views on `data`, nothing is copied. */
export function unstack(spec: Pick<ParameterSpec, 'name' | 'shape'>, data: Float32Array): NamedTensor[] {
  let start = 0;
  return outerTensors(spec).map(({ name, shape }) => {
    const end = start + sizeOf(shape);
    const tensor = { name, shape, data: data.subarray(start, end) };
    start = end;
    return tensor;
  });
}

/**
 * The inverse for a whole model, strict as `load_state_dict`: the values of each parameter by its inner name (views where
 * nothing was stacked, else one copy).
 * @throws StudioError `invalid-weights` with `reason` `missing-tensor`, `unexpected-tensor`, `shape` or `not-finite`.
 */
export function stackTensors(
  specs: readonly Pick<ParameterSpec, 'name' | 'shape'>[],
  tensors: readonly NamedTensor[],
): Map<string, Float32Array> {
  const left = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const take = (name: string, shape: readonly number[]): Float32Array => {
    const tensor = left.get(name);
    if (!tensor) throw new StudioError('invalid-weights', { reason: 'missing-tensor', name });
    left.delete(name);
    if (tensor.shape.length !== shape.length || tensor.shape.some((length, i) => length !== shape[i])) {
      const detail = `${name}: [${tensor.shape}] instead of [${shape}]`;
      throw new StudioError('invalid-weights', { reason: 'shape', name }, detail);
    }
    if (!tensor.data.every(Number.isFinite)) throw new StudioError('invalid-weights', { reason: 'not-finite', name });
    return tensor.data;
  };
  const stacked = new Map<string, Float32Array>();
  for (const spec of specs) {
    const parts = outerTensors(spec).map(({ name, shape }) => take(name, shape));
    const [only] = parts;
    if (parts.length === 1 && only) stacked.set(spec.name, only);
    else stacked.set(spec.name, joined(parts, sizeOf(spec.shape)));
  }
  const [unexpected] = left.keys();
  if (unexpected !== undefined) throw new StudioError('invalid-weights', { reason: 'unexpected-tensor', name: unexpected });
  return stacked;
}

function joined(parts: readonly Float32Array[], size: number): Float32Array {
  const whole = new Float32Array(size);
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}
