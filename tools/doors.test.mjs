import { expect, test } from 'vitest';
import { readModule } from './doors-graph.mjs';

const importsOf = (source) => readModule(source, 'x.tsx').imports;

test('type imports are told from value imports, in every spelling', () => {
  expect(importsOf(`import type { A } from './a.ts'; import { type B } from './b.ts'; export type { C } from './c.ts';`)).toEqual([
    { target: './a.ts', typeOnly: true },
    { target: './b.ts', typeOnly: true },
    { target: './c.ts', typeOnly: true },
  ]);
  expect(importsOf(`import { type A, b } from './a.ts'; import './style.css'; export { c } from './c.ts';`)).toEqual([
    { target: './a.ts', typeOnly: false },
    { target: './style.css', typeOnly: false },
    { target: './c.ts', typeOnly: false },
  ]);
});

test('imports inside expressions and types are seen', () => {
  const source = `const load = () => import('./late.ts'); type T = import('./t.ts').T; const a = <b onClick={() => import('pkg')} />;`;
  expect(importsOf(source).map(({ target, typeOnly }) => `${target} ${typeOnly}`)).toEqual(['./late.ts false', './t.ts true', 'pkg false']);
});

test('postMessage is found as a call, a method and a reference, but not in a comment or text', () => {
  expect(readModule('self.postMessage(1)', 'x.ts').postsMessages).toBe(true);
  expect(readModule('const send = postMessage;', 'x.ts').postsMessages).toBe(true);
  expect(readModule(`// postMessage\nconst a = 'postMessage';`, 'x.ts').postsMessages).toBe(false);
});

test('a module of types only is known as one', () => {
  expect(readModule(`import type { A } from 'a';\nexport type B = A;\nexport interface C {}\nexport type { A };`, 'x.ts').typesOnly).toBe(
    true,
  );
  expect(readModule('export const b = 1;', 'x.ts').typesOnly).toBe(false);
  expect(readModule(`import { a } from 'a';\nexport type B = typeof a;`, 'x.ts').typesOnly).toBe(false);
});
