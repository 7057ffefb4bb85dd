/** What types cannot check: both languages name the same parameters in every sentence, and no sentence is left empty or in English. */
import { expect, test } from 'vitest';
import { errorCodes } from '../lib/errors.ts';
import { en, zh } from './dictionary.ts';

type Tree = { readonly [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
}

const english = new Map(leaves(en));
const chinese = new Map(leaves(zh));
const parametersOf = (text: string): string[] => [...new Set([...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1] as string))].sort();

test('both languages have the same keys', () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].filter((key) => !key.endsWith('_one')).sort());
});

test('both languages name the same parameters', () => {
  const different = [...chinese].filter(([key, text]) => String(parametersOf(text)) !== String(parametersOf(english.get(key) ?? '')));
  expect(different).toEqual([]);
});

test('no text is empty', () => {
  expect([...english, ...chinese].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('every error says what to do', () => {
  for (const code of errorCodes) {
    expect(en.errors[code].message.length, code).toBeGreaterThan(10);
    expect(en.errors[code].remedy.length, code).toBeGreaterThan(10);
    expect(zh.errors[code].remedy, code).toMatch(/[\u4e00-\u9fff]/);
  }
});
