import { expect, test } from 'vitest';
import { duplicateKey } from './duplicate-key.ts';

test.each([
  ['{}', null],
  ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}', null],
  ['{"a":"a","b":"a"}', null],
  ['{"a":"\\"a\\":","b\\\\":1,"b":"}{"}', null],
  ['{"a":1,"a":2}', 'a'],
  ['{"x":[{"y":{"deep":1,"deep":2}}]}', 'deep'],
  ['{"a\\"b":1,"a\\u0022b":2}', 'a"b'],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ['{"":1,"":2}', ''],
])('%s', (text, expected) => {
  JSON.parse(text);
  expect(duplicateKey(text)).toBe(expected);
});

test('long texts and deep nesting do not overflow the stack', () => {
  const deep = `${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`;
  expect(duplicateKey(deep)).toBeNull();
  expect(duplicateKey(`{"a":"${'\\\\ x'.repeat(1_000_000)}","a":1}`)).toBe('a');
});
