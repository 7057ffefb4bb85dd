/** What static hosts are given is what the preview server sends: the policy is written once. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { headers, policy } from './policy.mjs';
import { root } from './setup.mjs';

const read = (name) => readFileSync(path.join(root, name), 'utf8');

test('every file for a static host says exactly these headers', () => {
  const vercel = JSON.parse(read('vercel.json'));
  expect(Object.fromEntries(vercel.headers[0].headers.map(({ key, value }) => [key, value]))).toEqual(headers);
  const forms = {
    'public/_headers': (name, value) => `  ${name}: ${value}\n`,
    'docs/hosting/nginx.conf': (name, value) => `add_header ${name} "${value}" always;\n`,
    'docs/hosting/apache.htaccess': (name, value) => `Header always set ${name} "${value}"\n`,
  };
  for (const [file, form] of Object.entries(forms)) {
    const lines = Object.entries(headers).map(([name, value]) => form(name, value));
    for (const line of lines) expect(read(file), file).toContain(line);
  }
});

test('the policy knows no other origin and no eval', () => {
  expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'/);
  expect(policy.startsWith("default-src 'none'")).toBe(true);
});
