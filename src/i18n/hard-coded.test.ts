/** No text stands in the code of the page: what a person reads comes from the dictionaries, in both languages. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
/** Names that are the same in every language, and each language's own name. */
const names = ['中文', 'English', 'bp', 'F1'];
const spoken = /^(title|alt|placeholder|label|description|aria-label|aria-description)$/;
const isText = (text: string): boolean => /\p{L}{2,}/u.test(text) && !names.includes(text.trim());

interface Found {
  readonly text: string;
  readonly where: 'text' | 'attribute';
}

/** Texts and spoken attributes written out in JSX. */
function writtenTexts(code: string): Found[] {
  const found: Found[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { type, value, name } = node as {
      type?: string;
      value?: unknown;
      name?: { value?: string; name?: { value?: string }; namespace?: unknown };
    };
    if (type === 'JSXText' && isText(String(value))) found.push({ text: String(value).trim(), where: 'text' });
    if (type === 'JSXAttribute' && spoken.test(name?.value ?? '')) {
      const text = (value as { type?: string; value?: unknown } | null)?.type === 'StringLiteral' ? (value as { value: string }).value : '';
      if (isText(text)) found.push({ text, where: 'attribute' });
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(code, { syntax: 'typescript', tsx: true, target: 'es2022' }).body);
  return found;
}

test('a planted text is found, a translated one is not', () => {
  expect(writtenTexts('const a = <p title="Hello there">{t("x")} world</p>').map(({ text }) => text)).toEqual(['Hello there', 'world']);
  expect(writtenTexts('const a = <p data-testid="hello" title={t("x")}>{t("y")} · 中文</p>')).toEqual([{ text: '· 中文', where: 'text' }]);
  expect(writtenTexts('const a = <span lang="zh-CN">中文</span>')).toEqual([]);
});

test('no place, part or frame speaks past the dictionaries', () => {
  const files = ['app', 'features', 'components'].flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .map((file) => path.join(root, room, file)),
  );
  expect(files.length).toBeGreaterThan(60);
  const found = files.flatMap((file) =>
    writtenTexts(readFileSync(file, 'utf8')).map(({ text }) => `${path.relative(root, file)}: ${text}`),
  );
  expect(found).toEqual([]);
});
