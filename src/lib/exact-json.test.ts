import { expect, test } from 'vitest';
import { readExactJson, writeExactJson } from './exact-json.ts';

test('what is written comes back bit by bit', () => {
  const value = {
    sums: [0.1 + 0.2, Number.MIN_VALUE, Number.MAX_SAFE_INTEGER],
    odd: [Number.NaN, Number.POSITIVE_INFINITY, { deep: Number.NEGATIVE_INFINITY }],
    floats: Float32Array.of(0.1, Number.NaN, Number.NEGATIVE_INFINITY),
    doubles: Float64Array.of(0.1, Number.POSITIVE_INFINITY),
    empty: new Float32Array(),
    text: '"$number"',
    nothing: null,
  };
  expect(readExactJson(writeExactJson(value))).toEqual(value);
});

test('a text that looks like one of its marks is only a text', () => {
  const value = { name: '$number', list: ['$float32'], both: { $number: '1', other: 2 } };
  expect(readExactJson(writeExactJson(value))).toEqual(value);
});
