/** Real files with their exact counts and bars, every refusal, and bytes that are no file at all. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ErrorCode, StudioError } from '../lib/errors.ts';
import { createRandom } from '../lib/random.ts';
import { readFile } from './read-file.ts';
import { clockOf, dateOf, makeBars, writeLines } from './testing/synthetic-bars.ts';

const folder = new URL('../../../shared/klines/', import.meta.url);
const quiet = { onProgress: () => {} };
const read = (content: BlobPart) => readFile(new Blob([content]), 'made.csv', quiet);

const euroFirst = { time: '2022-08-15T10:06:00Z', bar: [1.0234, 1.02359, 1.0234, 1.02348, 105] };
const euroEnd = { time: '2022-09-26T23:22:00Z', bar: [0.9607, 0.96089, 0.96055, 0.96061, 164] };
const euroShortEnd = { time: '2022-08-17T12:29:00Z', bar: [1.01747, 1.01749, 1.01735, 1.01735, 53] };
const realFiles = [
  {
    name: 'spy-2011-histdata.csv',
    read: 12_000,
    kept: 12_000,
    first: { time: '2011-01-03T09:01:00Z', bar: [126.35, 126.39, 126.35, 126.39, 1579] },
    last: { time: '2011-01-27T00:43:00Z', bar: [129.75, 129.75, 129.75, 129.75, 450] },
  },
  { name: 'eurusd-2022-mt4.csv', read: 12_000, kept: 12_000, first: euroFirst, last: euroEnd },
  { name: 'eurusd-2022-mt5-angle.csv', read: 12_000, kept: 12_000, first: euroFirst, last: euroEnd },
  { name: 'eurusd-2022-mt5-utf16.csv', read: 3000, kept: 3000, first: euroFirst, last: euroShortEnd },
  { name: 'eurusd-2022-decimal-comma.csv', read: 3000, kept: 3000, first: euroFirst, last: euroShortEnd },
  {
    name: 'eurusd-2024-mt5-lost-decimals.csv',
    read: 9999,
    kept: 9673,
    first: { time: '2024-11-14T14:01:00Z', bar: [1.05302, 1.05355, 1.05299, 1.05341, 1026] },
    last: { time: '2024-11-25T12:42:00Z', bar: [1.0485, 1.04859, 1.04842, 1.0485, 505] },
  },
] as const;

describe('real files', () => {
  for (const file of realFiles) {
    const url = new URL(file.name, folder);
    test.skipIf(!existsSync(url))(file.name, async () => {
      const { summary, bars } = await readFile(new Blob([readFileSync(url)]), file.name, quiet);
      expect(summary.rows).toEqual({ read: file.read, kept: file.kept, dropped: file.read - file.kept });
      expect(bars.time.length).toBe(file.kept);
      expect([summary.firstTime, summary.lastTime]).toEqual([Date.parse(file.first.time), Date.parse(file.last.time)]);
      expect([summary.firstBar, summary.lastBar]).toEqual([file.first.bar, file.last.bar]);
      expect(summary.intervalSeconds).toBe(60);
    });
  }

  const lost = new URL('eurusd-2024-mt5-lost-decimals.csv', folder);
  test.skipIf(!existsSync(lost))('the 326 rows with a lost decimal are dropped, and no other', async () => {
    const bytes = readFileSync(lost);
    const broken = bytes
      .toString()
      .split('\n')
      .flatMap((line, i) =>
        line
          .split('\t')
          .slice(1, 5)
          .some((price) => Number(price) > 100)
          ? [i + 1]
          : [],
      );
    const { summary, bars } = await readFile(new Blob([bytes]), 'lost', quiet);
    expect(summary.findings.find(({ code }) => code === 'lost-decimal')).toMatchObject({
      count: 326,
      lines: broken.slice(0, 10),
      action: 'drop',
    });
    expect(broken).toHaveLength(326);
    const kept = new Set(bars.line);
    expect(broken.some((line) => kept.has(line))).toBe(false);
    expect(summary.findings.map(({ code }) => code)).toEqual(['lost-decimal', 'gap']);
  });

  const mt4 = new URL('eurusd-2022-mt4.csv', folder);
  test.skipIf(!existsSync(mt4))('the 32-day hole is the longest gap', async () => {
    const { summary } = await readFile(new Blob([readFileSync(mt4)]), 'mt4', quiet);
    const gap = summary.findings.find(({ code }) => code === 'gap');
    expect(Number(gap?.parameters.longestMs) / 86_400_000).toBeCloseTo(32.16, 1);
  });
});

const header = 'time,open,high,low,close,volume';
const good = makeBars(300, 5);
const goodLines = writeLines(good, ({ time, o, h, l, c, v }) => `${dateOf(time)} ${clockOf(time)},${o},${h},${l},${c},${v}`);
const bytesOf = (...values: number[]) => new Uint8Array([...values, ...new Array(200).fill(0)]);
const repeat = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join('\n');
const minute = (i: number) => `2024-01-02 ${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}:00`;

const refusals: readonly { name: string; content: BlobPart; code: ErrorCode; parameters?: Record<string, string | number> }[] = [
  { name: 'nothing', content: '', code: 'empty-file' },
  { name: 'blank lines', content: ' \n\n \r\n', code: 'empty-file' },
  { name: 'PNG', content: bytesOf(0x89, 0x50, 0x4e, 0x47), code: 'image-file', parameters: { kind: 'PNG' } },
  { name: 'JPEG', content: bytesOf(0xff, 0xd8, 0xff, 0xe0), code: 'image-file' },
  { name: 'SVG', content: '<svg xmlns="http://www.w3.org/2000/svg"></svg>', code: 'image-file' },
  { name: 'ZIP', content: bytesOf(0x50, 0x4b, 3, 4), code: 'archive-file', parameters: { kind: 'ZIP' } },
  { name: 'gzip', content: bytesOf(0x1f, 0x8b, 8, 0), code: 'archive-file' },
  {
    name: 'Feather',
    content: new Uint8Array([...new TextEncoder().encode('ARROW1'), 0, 0, 1, 2, 3]),
    code: 'not-text',
    parameters: { kind: 'Feather' },
  },
  { name: 'Parquet', content: 'PAR1\u0015\u0004', code: 'not-text' },
  { name: 'zero bytes', content: new Uint8Array(1000), code: 'not-text' },
  { name: 'JSON of objects', content: '[{"t": 1, "o": 2}]', code: 'json-file' },
  { name: 'JSON of arrays', content: '[[1499040000000,"0.016","0.8","0.015","0.0157","148976.1"]]', code: 'json-file' },
  { name: 'JSON object', content: '{\n "data": []}', code: 'json-file' },
  { name: 'HTML', content: '<!DOCTYPE html><html><body>404</body></html>', code: 'not-a-table' },
  { name: 'prose', content: 'It was a dark and stormy night.\nThe rain fell, in torrents.\nNo bar was seen.', code: 'not-a-table' },
  { name: 'one line without an end', content: '1.5,2.5,'.repeat(100_000), code: 'no-time-column' },
  { name: 'commas alone', content: ','.repeat(400_000), code: 'not-a-table' },
  { name: 'quotes', content: `time,bid,ask\n${repeat(200, (i) => `${minute(i)},1.1,1.2`)}`, code: 'tick-data', parameters: { line: 1 } },
  { name: 'trades', content: `timestamp,price,qty,side\n${repeat(200, (i) => `${minute(i)},100.5,0.3,buy`)}`, code: 'tick-data' },
  {
    name: 'trades without header',
    content: repeat(200, (i) => `${3_000_000 + i},42000.5,0.012,504.006,${1_704_186_000_000 + i * 100},True,True`),
    code: 'tick-data',
  },
  {
    name: 'HistData ticks',
    content: repeat(200, (i) => `20240102 ${String(170_000_000 + i * 137)},1.10${i % 10},1.11,0`),
    code: 'tick-data',
  },
  {
    name: 'no low',
    content: `time,open,high,close\n${repeat(200, (i) => `${minute(i)},1,2,1`)}`,
    code: 'missing-columns',
    parameters: { columns: 'low', line: 1 },
  },
  { name: 'closes only', content: `date,close,volume\n${repeat(200, (i) => `${minute(i)},1,2`)}`, code: 'missing-columns' },
  {
    name: 'numbers that are no prices',
    content: `date,wind,rain,sun,snow\n${repeat(200, (i) => `${minute(i)},${i % 7},${(i * 5) % 11},${(i * 3) % 13},${i % 2}`)}`,
    code: 'missing-columns',
  },
  { name: 'no time', content: `open,high,low,close,volume\n${repeat(200, () => '1.1,1.2,1.0,1.1,5')}`, code: 'no-time-column' },
  {
    name: 'unreadable time',
    content: `time,open,high,low,close\n${repeat(200, () => 'noonish,1.1,1.2,1.0,1.1')}`,
    code: 'unreadable-time',
    parameters: { value: 'noonish', line: 2 },
  },
  { name: 'header alone', content: header, code: 'too-few-bars' },
  {
    name: 'ninety bars',
    content: [header, ...goodLines.slice(0, 90)].join('\n'),
    code: 'too-few-bars',
    parameters: { bars: 90, needed: 100 },
  },
];

describe('refusals', () => {
  test.each(refusals)('$name → $code', async ({ content, code, parameters }) => {
    const failure: unknown = await read(content).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(StudioError);
    expect(failure).toMatchObject({ code, ...(parameters ? { parameters } : {}) });
  });

  test('arbitrary bytes never raise anything but a StudioError', async () => {
    const random = createRandom(99);
    const text = new TextEncoder().encode([header, ...goodLines].join('\n'));
    for (let round = 0; round < 150; round++) {
      const bytes = round % 3 === 0 ? new Uint8Array(2000).map(() => Math.floor(random() * 256)) : text.slice();
      if (round % 3 === 1) for (let i = 0; i < 300; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      if (round % 3 === 2)
        for (let i = 0; i < 300; i++) bytes[Math.floor(random() * bytes.length)] = '",;\n\t 0.-e'.charCodeAt(Math.floor(random() * 10));
      const outcome: unknown = await read(bytes).then(
        ({ summary }) => summary.rows.kept,
        (thrown: unknown) => thrown,
      );
      if (typeof outcome !== 'number') expect(outcome).toBeInstanceOf(StudioError);
      else expect(outcome).toBeGreaterThanOrEqual(100);
    }
  });
});

describe('a large file', () => {
  const count = 50_000;
  const large = makeBars(count, 11);
  const text = [
    header,
    ...writeLines(large, ({ time, o, h, l, c, v }) => `${dateOf(time)} ${clockOf(time)},${o},${h},${l},${c},${v}`),
  ].join('\r\n');

  test('is read bar by bar across chunk borders, with progress', async () => {
    const steps: number[] = [];
    const { bars, summary } = await readFile(new Blob([text]), 'large.csv', { onProgress: (bytes) => steps.push(bytes) });
    for (const column of ['time', 'open', 'high', 'low', 'close', 'volume'] as const) expect(bars[column]).toEqual(large[column]);
    expect(bars.line[count - 1]).toBe(count + 1);
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.at(-1)).toBe(text.length);
    expect(summary.candles.time.length).toBeLessThanOrEqual(1000);
    expect(summary.candles.barsPerCandle).toBe(72);
    expect(Math.max(...summary.candles.high)).toBe(Math.max(...large.high));
    expect(summary.candles.close.at(-1)).toBe(large.close.at(-1));
    expect(summary.head).toHaveLength(10);
    expect(summary.head[0]?.join(',')).toBe(text.split('\r\n')[1]);
  });

  test('stops when asked', async () => {
    const controller = new AbortController();
    const reading = readFile(new Blob([text]), 'large.csv', { onProgress: () => controller.abort(), signal: controller.signal });
    await expect(reading).rejects.toMatchObject({ code: 'reading-cancelled' });
  });

  test('is named by the SHA-256 of its bytes', async () => {
    const { createHash } = await import('node:crypto');
    const { summary } = await read(text);
    expect(summary.id).toBe(createHash('sha256').update(text).digest('hex'));
  });
});
