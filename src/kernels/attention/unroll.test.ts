import { expect, test } from 'vitest';
import { unroll } from './unroll.ts';

const source = `fn main() {
  for (var t = 0u; t < TILES; t++) {
    for (var c = 0u; c < CHUNKS; c++) {
      a[t * CHUNKS + c] += 1.0;
    }
  }
  done();
}`;

test('loops with a known count become copies with a constant counter, nested ones too', () => {
  const text = unroll(source, { TILES: 2, CHUNKS: 3 });
  expect(text).not.toContain('for');
  expect(text.match(/\+= 1\.0/g)).toHaveLength(6);
  expect(text.match(/const c = 2u;/g)).toHaveLength(2);
  expect(text).toContain('  done();\n}');
});

test('other loops stay, and what is inside them is still unrolled', () => {
  expect(unroll(source, {})).toBe(source);
  const text = unroll(source, { CHUNKS: 2 });
  expect(text).toContain('for (var t = 0u; t < TILES; t++) {');
  expect(text.match(/\+= 1\.0/g)).toHaveLength(2);
});
