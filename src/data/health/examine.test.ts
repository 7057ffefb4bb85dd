/** Each fault is planted in a sound file; the report must name it with its lines, and everything else must stay. */
import { describe, expect, test } from 'vitest';
import type { FindingCode } from '../finding.ts';
import { readFile } from '../read-file.ts';
import { clockOf, dateOf, firstMinute, makeBars, writeLines } from '../testing/synthetic-bars.ts';

const header = 'time,open,high,low,close,volume';
const bars = makeBars(1200, 21);
const lines = writeLines(bars, ({ time, o, h, l, c, v }) => `${dateOf(time)} ${clockOf(time)},${o},${h},${l},${c},${v}`);
/** Line 1 is the header; bar 0 stands in line 2. */
const lineOf = (bar: number) => bar + 2;

async function report(rows: readonly string[]) {
  const { summary, bars: kept } = await readFile(new Blob([[header, ...rows].join('\n')]), 'made.csv', { onProgress: () => {} });
  const find = (code: FindingCode) => summary.findings.find((finding) => finding.code === code);
  return { summary, kept, find, codes: summary.findings.map(({ code }) => code) };
}

const withCells = (bar: number, change: (cells: string[]) => void): string[] => {
  const rows = lines.slice();
  const cells = (rows[bar] as string).split(',');
  change(cells);
  rows[bar] = cells.join(',');
  return rows;
};

describe('health report', () => {
  test('a sound file has nothing to report', async () => {
    const { codes, summary } = await report(lines);
    expect(codes).toEqual([]);
    expect(summary.rows).toEqual({ read: 1200, kept: 1200, dropped: 0 });
  });

  const badCells: readonly [string, FindingCode, (cells: string[]) => void][] = [
    ['an empty price', 'missing-cell', (cells) => (cells[2] = '')],
    ['null', 'missing-cell', (cells) => (cells[4] = 'null')],
    ['an empty time', 'missing-cell', (cells) => (cells[0] = '')],
    ['NaN', 'not-a-number', (cells) => (cells[4] = 'NaN')],
    ['words', 'not-a-number', (cells) => (cells[1] = 'halted')],
    ['infinity', 'not-a-number', (cells) => (cells[1] = 'Infinity')],
    ['hexadecimal', 'not-a-number', (cells) => (cells[1] = '0x10')],
    ['a broken time', 'not-a-number', (cells) => (cells[0] = '2024-13-45 99:00')],
    ['a missing volume', 'missing-cell', (cells) => (cells[5] = '')],
    ['high below low', 'impossible-bar', (cells) => ([cells[2], cells[3]] = ['1.00000', '1.20000'])],
    ['close above high', 'impossible-bar', (cells) => (cells[4] = '1.30000')],
    ['a price of zero', 'impossible-bar', (cells) => (cells[3] = '0')],
    ['a negative price', 'impossible-bar', (cells) => (cells[3] = '-1.1')],
    ['a negative volume', 'impossible-bar', (cells) => (cells[5] = '-5')],
    ['one price 1000 times too big', 'lost-decimal', (cells) => (cells[2] = String(Math.round(Number(cells[2]) * 1000)))],
    [
      'all prices 100 times too big',
      'lost-decimal',
      (cells) => cells.splice(1, 4, ...cells.slice(1, 5).map((price) => String(Number(price) * 100))),
    ],
    ['one price ten times too small', 'lost-decimal', (cells) => (cells[3] = String(Number(cells[3]) / 10))],
    ['a line cut off', 'truncated-line', (cells) => (cells.length = 3)],
    ['a stray quote', 'missing-cell', (cells) => (cells[2] = '""')],
    ['the header again', 'repeated-header', (cells) => cells.splice(0, 6, ...header.split(','))],
    ['a date without a clock', 'missing-cell', (cells) => (cells[0] = '2024-01-02')],
  ];
  test.each(badCells)('%s → %s', async (_, code, change) => {
    const { find, kept, summary } = await report(withCells(500, change));
    expect(find(code)).toMatchObject({ count: 1, lines: [lineOf(500)], action: 'drop' });
    expect(summary.rows).toEqual({ read: 1200, kept: 1199, dropped: 1 });
    expect(kept.line).not.toContain(lineOf(500));
    expect(find('gap')).toMatchObject({ count: 1, lines: [lineOf(501)] });
  });

  test('duplicates: the later ones go', async () => {
    const rows = [...lines.slice(0, 700), (lines[699] as string).replace(/,\d+$/, ',77777'), ...lines.slice(700)];
    const { find, kept } = await report(rows);
    expect(find('duplicate-time')).toMatchObject({ count: 1, lines: [702], action: 'drop' });
    expect(kept.volume?.[699]).toBe(bars.volume?.[699]);
  });

  test('a row out of order is sorted in', async () => {
    const rows = lines.slice();
    [rows[300], rows[301]] = [rows[301] as string, rows[300] as string];
    const { find, kept, summary } = await report(rows);
    expect(find('disorder')).toMatchObject({ count: 1, lines: [lineOf(301)], action: 'sort' });
    expect(kept.time).toEqual(bars.time);
    expect(summary.rows.dropped).toBe(0);
  });

  test('gaps are counted, the longest is measured', async () => {
    const rows = [...lines.slice(0, 200), ...lines.slice(210, 600), ...lines.slice(700)];
    const { find } = await report(rows);
    expect(find('gap')).toMatchObject({
      count: 2,
      lines: [lineOf(200), lineOf(590)],
      action: 'keep',
      parameters: { longestMs: 101 * 60_000, intervals: 101, missingBars: 110, sessions: 1, longestLine: lineOf(590) },
    });
  });

  test('a split is no lost decimal', async () => {
    const split = writeLines(bars, ({ row, time, o, h, l, c, v }) => {
      const prices = [o, h, l, c].map((price) => (row < 600 ? price : String(Number(price) / 10)));
      return `${dateOf(time)} ${clockOf(time)},${prices.join(',')},${v}`;
    });
    const { summary, find } = await report(split);
    expect(summary.rows.kept).toBe(1200);
    expect(find('lost-decimal')).toMatchObject({ count: 1, lines: [lineOf(600)], action: 'keep', parameters: { jumps: 1 } });
  });

  test('a lost decimal in the very first rows', async () => {
    const rows = lines.slice();
    rows[0] = (rows[0] as string).replace(/,1\.(\d+)/, ',1$1');
    const { find } = await report(rows);
    expect(find('lost-decimal')).toMatchObject({ count: 1, lines: [2] });
  });

  test('a frozen tail is dropped, a flat run inside is told', async () => {
    const flat = (row: number, from: number) => (row > from ? (bars.close[from] as number).toFixed(5) : null);
    const rows = writeLines(bars, ({ row, time, o, h, l, c, v }) => {
      const still = row > 1100 ? flat(row, 1100) : row > 400 && row <= 420 ? flat(row, 400) : null;
      return `${dateOf(time)} ${clockOf(time)},${(still ? [still, still, still, still] : [o, h, l, c]).join(',')},${still ? 0 : v}`;
    });
    const { find, summary } = await report(rows);
    expect(find('frozen-tail')).toMatchObject({
      count: 99,
      action: 'drop',
      lines: [1103, 1104, 1105, 1106, 1107, 1108, 1109, 1110, 1111, 1112],
    });
    expect(find('flat-bars')).toMatchObject({ count: 20, action: 'keep', parameters: { runs: 1, longest: 20 } });
    expect(find('zero-volume')).toMatchObject({ count: 20, action: 'keep' });
    expect(summary.rows.kept).toBe(1101);
  });

  test('a file that never moves is kept, so that its labels can tell', async () => {
    const rows = writeLines(bars, ({ time, v }) => `${dateOf(time)} ${clockOf(time)},1.5,1.5,1.5,1.5,${v}`);
    const { find, summary } = await report(rows);
    expect(find('frozen-tail')).toMatchObject({ action: 'keep', count: 1199 });
    expect(summary.rows.dropped).toBe(0);
  });

  test('an interval other than one minute, and few bars', async () => {
    const rows = writeLines(
      bars,
      ({ row, o, h, l, c, v }) => `${new Date(firstMinute + row * 900_000).toISOString()},${o},${h},${l},${c},${v}`,
    );
    const { find, summary } = await report(rows.slice(0, 500));
    expect(summary.intervalSeconds).toBe(900);
    expect(find('interval')).toMatchObject({ action: 'keep', parameters: { seconds: 900 } });
    expect(find('too-few-bars')).toMatchObject({ count: 500, parameters: { bars: 500, needed: 1000 } });
  });

  test('a volume column that is mostly empty counts as none', async () => {
    const { find, kept, summary } = await report(lines.map((line, i) => (i % 10 ? line.replace(/,\d+$/, ',') : line)));
    expect(kept.volume).toBeNull();
    expect(summary.rows.dropped).toBe(0);
    expect(find('missing-cell')).toMatchObject({ action: 'keep', count: 1080 });
  });
});
