import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCounts, readPlaywrightCounts, readVitestCounts, summarize } from './test-counts.mjs';

let folder;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'counts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name, report) {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify(report));
  return file;
}

test('a Vitest file that fails to load counts as a failure', () => {
  const file = write('vitest.json', {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ],
  });
  expect(readVitestCounts(file)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('Playwright errors outside tests count as failures', () => {
  const file = write('playwright.json', {
    stats: { expected: 3, flaky: 1, unexpected: 1, skipped: 2 },
    errors: [{ message: 'no server' }],
  });
  expect(readPlaywrightCounts(file)).toEqual({ passed: 4, failed: 2, skipped: 2 });
});

test('a report that was never written counts nothing, so that its stage fails as empty', () => {
  expect(readVitestCounts(path.join(folder, 'absent.json'))).toEqual({ passed: 0, failed: 0, skipped: 0 });
  expect(readPlaywrightCounts(path.join(folder, 'absent.json'))).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

test('the sum is one line, with skipped tests only where there are any', () => {
  const total = addCounts({ passed: 2, failed: 0, skipped: 0 }, { passed: 3, failed: 1, skipped: 0 });
  expect(summarize(total)).toBe('5 passed, 1 failed');
  expect(summarize({ ...total, skipped: 4 })).toBe('5 passed, 1 failed, 4 skipped');
});
