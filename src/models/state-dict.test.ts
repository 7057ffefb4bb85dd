import { expect, test } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { catalog, modelIds } from '../models/catalog.ts';
import { presetConfig } from '../models/model-spec.ts';
import { stackTensors, unstack } from './state-dict.ts';

const experts = { name: 'blocks.0.moe.experts.*.linear1.weight', shape: [3, 2, 2] };
const values = Float32Array.from({ length: 12 }, (_, i) => i);

test('a stacked parameter is one tensor per expert outside, without a copy', () => {
  const tensors = unstack(experts, values);
  expect(tensors.map(({ name, shape, data }) => [name, shape, [...data]])).toEqual([
    ['blocks.0.moe.experts.0.linear1.weight', [2, 2], [0, 1, 2, 3]],
    ['blocks.0.moe.experts.1.linear1.weight', [2, 2], [4, 5, 6, 7]],
    ['blocks.0.moe.experts.2.linear1.weight', [2, 2], [8, 9, 10, 11]],
  ]);
  expect(tensors.every(({ data }) => data.buffer === values.buffer)).toBe(true);
  expect(unstack({ name: 'norm.weight', shape: [12] }, values)).toEqual([{ name: 'norm.weight', shape: [12], data: values }]);
});

test.each(modelIds)('%s comes back from its state_dict, in whatever order', (id) => {
  const specs = catalog[id].parameters(presetConfig(catalog[id], 'tiny'), 16);
  let next = 0;
  const inner = new Map(
    specs.map((spec) => [spec.name, Float32Array.from({ length: spec.shape.reduce((a, b) => a * b, 1) }, () => next++)]),
  );
  const outer = specs.flatMap((spec) => unstack(spec, inner.get(spec.name) ?? new Float32Array(0)));
  expect(outer.every(({ name }) => !name.includes('*'))).toBe(true);
  expect(new Set(outer.map(({ name }) => name)).size).toBe(outer.length);
  expect(stackTensors(specs, outer.toReversed())).toEqual(inner);
});

test.each([
  ['a missing tensor', unstack(experts, values).slice(1), 'missing-tensor'],
  ['a tensor too many', [...unstack(experts, values), { name: 'other', shape: [1], data: Float32Array.of(1) }], 'unexpected-tensor'],
  ['a value that is no number', unstack(experts, values.with(3, Number.NaN)), 'not-finite'],
  ['another shape', unstack(experts, values).map((tensor) => ({ ...tensor, shape: [4] })), 'shape'],
])('%s is refused', (_, tensors, reason) => {
  expect(() => stackTensors([experts], tensors)).toThrow(
    expect.objectContaining({ code: 'invalid-weights', parameters: expect.objectContaining({ reason }) }),
  );
  expect(() => stackTensors([experts], tensors)).toThrow(StudioError);
});
