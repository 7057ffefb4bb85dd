/** The audit's reading of npm's report, of a lock file and of licences: clean ones, findings, and what is no report at all. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkLicences, checkLock, isLicenceAllowed, readNpmAudit } from './audit-rules.mjs';
import { root } from './setup.mjs';

describe('the report of npm', () => {
  const report = (vulnerabilities) => JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: {} });
  const advisory = { title: 'Prototype pollution', url: 'https://github.com/advisories/GHSA-x', severity: 'high' };

  test('without vulnerabilities, or with small ones alone, is clean', () => {
    expect(readNpmAudit(report({}))).toEqual({ kind: 'clean' });
    expect(readNpmAudit(report({ a: { severity: 'moderate', via: [advisory] } }))).toEqual({ kind: 'clean' });
    expect(readNpmAudit(report({ a: { severity: 'moderate', via: [advisory] } }), 'low').kind).toBe('found');
  });

  test('names each grave package, with what is known of it', () => {
    const found = readNpmAudit(
      report({
        deep: { severity: 'critical', via: [advisory] },
        top: { severity: 'high', via: ['deep'] },
        other: { severity: 'low', via: [] },
      }),
    );
    expect(found).toEqual({
      kind: 'found',
      lines: ['deep (critical): Prototype pollution https://github.com/advisories/GHSA-x', 'top (high): by deep'],
    });
  });

  test('a severity that is not known counts', () => {
    expect(readNpmAudit(report({ a: { severity: 'apocalyptic', via: [] } })).kind).toBe('found');
  });

  test.each([
    [
      'a registry that has no such endpoint',
      '{"message":"405 Method Not Allowed","error":{"summary":"","detail":""}}',
      '405 Method Not Allowed',
    ],
    ['no network', '{"error":{"code":"ENOTFOUND","summary":"getaddrinfo failed\\nand more","detail":""}}', 'getaddrinfo failed'],
    ['a code alone', '{"error":{"code":"ENOAUDIT"}}', 'ENOAUDIT'],
    ['nothing', '', 'npm printed nothing'],
    ['a page of a proxy', '<html>', 'npm printed no JSON'],
    ['JSON of something else', '{}', 'npm printed no report'],
    ['null', 'null', 'npm printed no report'],
  ])('%s is no answer', (_, text, reason) => {
    expect(readNpmAudit(text)).toEqual({ kind: 'unanswered', reason });
  });
});

describe('the lock file', () => {
  const read = (name) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));
  const [manifest, lock] = [read('package.json'), read('package-lock.json')];
  const changed = (place, change) => ({ ...lock, packages: { ...lock.packages, [place]: { ...lock.packages[place], ...change } } });

  test('of the studio is as it has to be', () => {
    expect(checkLock(manifest, lock)).toEqual([]);
  });

  test.each([
    ['node_modules/zod', { integrity: undefined }, 'node_modules/zod: no integrity hash'],
    ['node_modules/zod', { hasInstallScript: true }, 'node_modules/zod: runs a script when it is installed'],
    ['node_modules/zod', { resolved: 'git+ssh://somewhere' }, 'node_modules/zod: comes from git+ssh://somewhere'],
    ['node_modules/zod', { link: true }, 'node_modules/zod: a link to a folder'],
    ['node_modules/zod', { version: '1.0.0' }, `zod: package.json has ${manifest.dependencies.zod}, the lock file 1.0.0`],
    // Optional is not enough: a build of another platform names the platform.
    ['node_modules/zod', { integrity: undefined, optional: true }, 'node_modules/zod: no integrity hash'],
  ])('%s with %o is told', (place, change, line) => {
    expect(checkLock(manifest, changed(place, change))).toEqual([line]);
  });

  test.each(['^4.6.7', '~4.6.7', '*', 'latest', '>=1', 'github:owner/name'])('the range %s is told', (range) => {
    const open = { ...manifest, dependencies: { ...manifest.dependencies, zod: range } };
    expect(checkLock(open, lock)[0]).toBe(`zod: "${range}" in package.json is not an exact version`);
  });
});

test('licences: alternatives need one that is allowed, combinations all', () => {
  const allowed = ['MIT', '(MIT OR GPL-3.0)', 'Apache-2.0 AND MIT', 'GPL-3.0 OR (MIT AND ISC)'];
  const refused = ['GPL-3.0', 'MIT AND GPL-3.0', 'UNLICENSED', 'SEE LICENSE IN LICENSE', '', undefined, {}];
  expect(allowed.filter((licence) => !isLicenceAllowed(licence))).toEqual([]);
  expect(refused.filter(isLicenceAllowed)).toEqual([]);
  expect(checkLicences([{ place: 'a', licence: 'MIT' }, { place: 'b' }])).toEqual(['b: licence not named']);
});
