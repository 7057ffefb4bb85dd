import { expect, test } from 'vitest';
import { specialize } from './specialize.ts';

const source = ['@binding(#) a', '//#if BIAS', '@binding(#) bias', '//#else', 'none', '//#end', '@binding(#) c'].join('\n');

test('conditions choose lines and bindings are numbered after that', () => {
  expect(specialize('k', source, { BIAS: true, N: 3 }).code).toBe(
    'const BIAS: bool = true;\nconst N: u32 = 3u;\n@binding(0) a\n@binding(1) bias\n@binding(2) c',
  );
  expect(specialize('k', source, { BIAS: false }).code).toContain('none\n@binding(1) c');
});

test('every constant is in the key, and an unknown condition is an error', () => {
  expect(specialize('k', source, { BIAS: true, N: 3 }).key).toBe('k BIAS=true N=3');
  expect(() => specialize('k', source, { N: 3 })).toThrow(/BIAS/);
});

test('parts stand before the source', () => {
  expect(specialize('k', 'main', { N: 1 }, ['fn f() {}']).code).toBe('const N: u32 = 1u;\nfn f() {}\nmain');
});

test('directives stand before everything else, and only where their condition holds', () => {
  const asking = ['//#if QUADS', 'enable subgroups;', 'diagnostic(off, subgroup_uniformity);', '//#end', 'main'].join('\n');
  expect(specialize('k', asking, { QUADS: true }, ['fn f() {}']).code).toBe(
    'enable subgroups;\ndiagnostic(off, subgroup_uniformity);\nconst QUADS: bool = true;\nfn f() {}\nmain',
  );
  expect(specialize('k', asking, { QUADS: false }).code).toBe('const QUADS: bool = false;\nmain');
});

test('repeated lines are written with their index, nested ones too', () => {
  const nested = ['//#repeat u UNITS', '//#repeat s 2', 'x{u}_{s}', '//#end', '//#if BIAS', 'b{u}', '//#end', '//#end'].join('\n');
  const { code } = specialize('k', nested, { UNITS: 2, BIAS: true });
  expect(code.split('\n').slice(2)).toEqual(['x0_0', 'x0_1', 'b0', 'x1_0', 'x1_1', 'b1']);
  expect(() => specialize('k', '//#repeat u OTHER\n//#end', {})).toThrow(/OTHER/);
});
