import { expect, test } from 'vitest';
import type { NamedTensor } from '../models/named-tensor.ts';
import { mergeAdapters } from './merge-adapters.ts';

const tensor = (name: string, shape: number[], ...values: number[]): NamedTensor => ({ name, shape, data: Float32Array.from(values) });
const config = { loraRank: 2, loraAlpha: 3 };
const weight = tensor('a.in_proj_weight', [3, 2], 1, 2, 3, 4, 5, 6);
const low = tensor('a.in_proj.lora_A.weight', [2, 2], 1, 0, 2, 1);
const high = tensor('a.in_proj.lora_B.weight', [3, 2], 1, 0, 0, 1, 1, 1);
const other = tensor('a.out_proj.weight', [2, 2], 1, 2, 3, 4);

test('W + α/r · B·A, and nothing else changes', () => {
  // B·A = [[1,0],[2,1],[3,1]], scale 1.5
  expect(mergeAdapters([weight, other, low, high], config)).toEqual([tensor('a.in_proj_weight', [3, 2], 2.5, 2, 6, 5.5, 9.5, 7.5), other]);
  expect([...weight.data]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('the output projection has PyTorch’s other name', () => {
  const [merged] = mergeAdapters(
    [other, tensor('a.out_proj.lora_A.weight', [1, 2], 1, 1), tensor('a.out_proj.lora_B.weight', [2, 1], 1, 2)],
    { loraRank: 1, loraAlpha: 1 },
  );
  expect(merged).toEqual(tensor('a.out_proj.weight', [2, 2], 2, 3, 5, 6));
});

test('without adapters nothing changes', () => {
  expect(mergeAdapters([weight, other], {})).toEqual([weight, other]);
});

test.each([
  ['the other half', [weight, low], /missing-tensor.*lora_B/],
  ['the weight', [low, high], /missing-tensor.*in_proj_weight/],
  ['a shape that fits', [weight, low, { ...high, shape: [2, 3] }], /shape.*lora_A/],
])('an adapter that lacks %s is refused', (_, tensors, words) => {
  expect(() => mergeAdapters(tensors, config)).toThrow(words);
});
