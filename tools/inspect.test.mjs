/** `npm run train -- --inspect FILE`: the document, its file, and one sentence with exit code 2 where a file is refused. No browser is started. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './setup.mjs';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kline-studio-inspect-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inspect = (...parameters) =>
  spawnSync(process.execPath, [path.join(root, 'tools/train.mjs'), '--inspect', ...parameters], { encoding: 'utf8' });
const given = (name, content) => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const minute = (i) => new Date(Date.UTC(2024, 0, 2, 9, 30 + i)).toISOString();
const rows = (count) => Array.from({ length: count }, (_, i) => `${minute(i)},10${i % 7}.5,110.25,99.75,10${(i + 1) % 7}.5,${i}`);

test('prints the document and writes it with the same in words', () => {
  const lines = rows(1500);
  lines.splice(700, 1, lines[700].replace('110.25', 'NaN'));
  const out = path.join(folder, 'out');
  const { status, stdout, stderr } = inspect(given('bars.csv', `time,open,high,low,close,volume\n${lines.join('\n')}\n`), '--out', out);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const document = JSON.parse(stdout);
  expect(JSON.parse(readFileSync(path.join(out, 'health.json'), 'utf8'))).toEqual(document);
  expect(document).toMatchObject({
    rows: { read: 1500, kept: 1499, dropped: 1 },
    encoding: 'utf-8',
    delimiter: ',',
    header: true,
    columns: { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 },
    timeFormat: 'iso',
    order: 'ascending',
    intervalSeconds: 60,
    firstTime: '2024-01-02T09:30:00.000Z',
    lastTime: '2024-01-03T10:29:00.000Z',
    firstBar: [100.5, 110.25, 99.75, 101.5, 0],
    lastBar: [101.5, 110.25, 99.75, 102.5, 1499],
  });
  expect(document.findings.map(({ code, count, lines: at, action }) => ({ code, count, lines: at, action }))).toEqual([
    { code: 'not-a-number', count: 1, lines: [702], action: 'drop' },
    { code: 'zero-volume', count: 1, lines: [2], action: 'keep' },
    { code: 'gap', count: 1, lines: [703], action: 'keep' },
  ]);
  expect(readFileSync(path.join(out, 'health.txt'), 'utf8')).toContain('drop not-a-number: 1, line 702');
});

test.each([
  ['an empty file', ''],
  ['JSON', '[{"open": 1}]'],
  [
    'ticks',
    `time,bid,ask\n${rows(200)
      .map((line) => line.split(',').slice(0, 3).join(','))
      .join('\n')}`,
  ],
  ['prose', 'Dear diary,\ntoday the market went up.\n'],
  ['bytes', Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 97) % 256))],
])('%s: one sentence, exit code 2, nothing written', (_, content) => {
  const out = path.join(folder, 'none');
  const { status, stdout, stderr } = inspect(given('refused.csv', content), '--out', out);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^[A-Z].*\.\n$/);
  expect(existsSync(out)).toBe(false);
});

test('a file that is not there is named', () => {
  const { status, stderr } = inspect(path.join(folder, 'nowhere.csv'));
  expect(status).toBe(2);
  expect(stderr).toContain('nowhere.csv');
});

const lost = fileURLToPath(new URL('../../shared/klines/eurusd-2024-mt5-lost-decimals.csv', import.meta.url));
test.skipIf(!existsSync(lost))('a real file with 326 lost decimals', () => {
  const { stdout } = inspect(lost);
  const { rows: counts, findings } = JSON.parse(stdout);
  expect(counts).toEqual({ read: 9999, kept: 9673, dropped: 326 });
  expect(findings[0]).toMatchObject({ code: 'lost-decimal', count: 326, action: 'drop' });
});
