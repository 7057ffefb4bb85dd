/** What was seen in real exports and reads wrongly without an error: each trap as a small file, with what must come out of it. */
import { describe, expect, test } from 'vitest';
import type { FindingCode } from '../finding.ts';
import { gbk } from '../testing/encode-text.ts';
import { plainHeader as header, plainLine as plain, readMade as read } from '../testing/read-made.ts';
import { clockOf, dateOf, makeBars, writeLines } from '../testing/synthetic-bars.ts';

const bars = makeBars(400, 17);
const iso = (time: Date) => `${dateOf(time)} ${clockOf(time)}`;
const lines = writeLines(bars, plain);

const expectSameBars = (kept: typeof bars, from = 0) => {
  for (const column of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
    expect([...(kept[column] ?? [])]).toEqual([...(bars[column] ?? [])].slice(from));
};

describe('times', () => {
  const ruined = (text: string) =>
    ['https://www.CryptoDataDownload.com', 'unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT,tradecount'].concat(
      writeLines(bars, ({ time, o, h, l, c, v }) => `${text},${iso(time)},BTC/USDT,${o},${h},${l},${c},${v},1.5,9`).reverse(),
    );
  test.each(['1.6181E+12', '1618100000000'])('an epoch ruined to %s beside a good date, newest first', async (text) => {
    const { kept, summary, codes } = await read(ruined(text));
    expectSameBars(kept);
    expect(summary.format).toMatchObject({ order: 'descending', header: true, columns: { time: 1 } });
    expect(codes).toEqual(['too-few-bars']);
  });

  test.each([2, 20, 200, 390])('an epoch ruined in %d rows only: the date stands in for them', async (count) => {
    const whole = writeLines(
      bars,
      ({ row, time, o, h, l, c, v }) => `${row < count ? '1.6181E+12' : time.getTime()},${iso(time)},BTC/USDT,${o},${h},${l},${c},${v}`,
    );
    for (const rows of [whole, whole.toReversed()])
      expectSameBars((await read(['unix,date,symbol,open,high,low,close,Volume BTC', ...rows])).kept);
  });

  test('an epoch ruined without any other time is refused by name', async () => {
    const rows = writeLines(bars, ({ o, h, l, c }) => `1.6181E+12,${o},${h},${l},${c}`);
    await expect(read(['unix,open,high,low,close', ...rows])).rejects.toMatchObject({
      code: 'unreadable-time',
      parameters: { value: '1.6181E+12' },
    });
  });

  test.each([1e-3, 1, 1e3, 1e6])('an epoch in milliseconds times %d', async (scale) => {
    const { kept } = await read([
      'timestamp,open,high,low,close,volume',
      ...writeLines(bars, (bar) =>
        plain(bar).replace(/^[^,]+/, `${BigInt(bar.time.getTime() * Math.max(1, scale)) / (scale < 1 ? 1000n : 1n)}`),
      ),
    ]);
    expectSameBars(kept);
  });

  test('a volume as large as an epoch does not become the time', async () => {
    const rows = writeLines(
      bars,
      ({ time, o, h, l, c, v }) => `X,${1_100_000_000 + Number(v) * 1000},${o},${c},${h},${l},${time.getTime()}000000,7`,
    );
    const { kept, summary } = await read(['ticker,volume,open,close,high,low,window_start,transactions', ...rows]);
    expect(kept.time).toEqual(bars.time);
    expect(summary.format.columns).toMatchObject({ time: 6, volume: 1 });
  });

  test('clocks written as 930 and 1116', async () => {
    const rows = writeLines(
      bars,
      ({ time, o, h, l, c, v }) => `${dateOf(time)},${Number(clockOf(time).slice(0, 5).replace(':', ''))},${o},${h},${l},${c},${v}`,
    );
    expectSameBars((await read(['date,time,open,high,low,close,volume', ...rows])).kept);
    expectSameBars((await read(rows)).kept);
  });

  test('a named zone after the clock is taken off', async () => {
    const { kept } = await read([
      header,
      ...writeLines(bars, (bar) => plain({ ...bar, time: new Date(bar.time.getTime() - 5 * 3_600_000) }).replace(',', ' EST,')),
    ]);
    expectSameBars(kept);
  });
});

describe('tables', () => {
  test('each whole line one quoted field with tabs inside', async () => {
    const quoted = [header, ...lines].map((line) => `"${line.replaceAll(',', '\t')}"`);
    const { kept, summary } = await read(quoted);
    expectSameBars(kept);
    expect(summary.format).toMatchObject({ delimiter: '\t', header: true });
    expectSameBars((await read([header.replaceAll(',', '\t'), ...quoted.slice(1)])).kept);
  });

  test.each([
    ['ends in a comma, bars too', `${header},`, (line: string) => `${line},`],
    ['ends in a comma, bars with a value', `${header},`, (line: string) => `${line},17`],
    ['one name short at the end', header, (line: string) => `${line},17`],
    ['one name short at the beginning', header, (line: string, row: number) => `${row},${line}`],
    ['begins with an unnamed index', `,${header}`, (line: string, row: number) => `${row},${line}`],
    [
      'holds empty columns',
      'time,,open,high,,low,close,volume,',
      (line: string) =>
        line
          .replace(/,/, ',,')
          .replace(/^(([^,]*,){4})/, '$1,')
          .concat(','),
    ],
    ['holds __proto__ and constructor', `__proto__,${header},constructor`, (line: string) => `x,${line},y`],
  ])('a header that %s', async (_, names, write) => {
    const { kept, codes } = await read([names, ...lines.map(write)]);
    expectSameBars(kept);
    expect(codes).toEqual(['too-few-bars']);
  });

  test('a __proto__ column alone changes nothing for other objects', async () => {
    await read([`__proto__,${header}`, ...lines.map((line) => `{"polluted":1},${line}`.replaceAll('"', ''))]);
    expect(Object.keys({})).toEqual([]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('empty columns without a header', async () => {
    expectSameBars((await read(lines.map((line) => line.replaceAll(',', ',,')))).kept);
  });

  test('three heading lines with tickers, again in the middle', async () => {
    const heading = ['Price,Close,High,Low,Open,Volume', 'Ticker,AAPL,AAPL,AAPL,AAPL,AAPL', 'Datetime,,,,,'];
    const rows = writeLines(bars, ({ time, o, h, l, c, v }) => `${iso(time)}+00:00,${c},${h},${l},${o},${v}`);
    const { kept, find, summary } = await read([...heading, ...rows.slice(0, 200), ...heading, ...rows.slice(200)]);
    expectSameBars(kept);
    expect(find('repeated-header')).toMatchObject({ count: 3, lines: [204, 205, 206], action: 'drop' });
    expect(summary.rows).toEqual({ read: 403, kept: 400, dropped: 3 });
  });

  test('a title and a # footer in GBK', async () => {
    const rows = writeLines(
      bars,
      ({ time, o, h, l, c, v }) =>
        `${dateOf(time).replaceAll('-', '/')},${clockOf(time).slice(0, 5).replace(':', '')},${o},${h},${l},${c},${v},5.0`,
    );
    const { kept, summary } = await read(
      ['600000 浦发银行 1分钟线 前复权', '日期,时间,开盘,最高,最低,收盘,成交量,成交额', ...rows, '#数据来源:通达信', ''],
      gbk,
    );
    expectSameBars(kept);
    expect(summary).toMatchObject({
      rows: { read: 400, kept: 400, dropped: 0 },
      format: { encoding: 'gb18030', skippedLines: 1, footerLines: 1 },
    });
  });

  test('names after an instrument', async () => {
    const names = ['datetime', 'datetime_nano', ...['open', 'high', 'low', 'close', 'volume'].map((name) => `SHFE.rb2010.${name}`)];
    const rows = writeLines(bars, (bar) => plain(bar).replace(',', `.000000000,${bar.time.getTime()}000000,`));
    expectSameBars((await read([names.join(','), ...rows])).kept);
  });

  test('volume before the prices, without a header', async () => {
    const rows = writeLines(bars, ({ time, o, h, l, c, v }) => `${time.getTime() / 1000},${v},${c},${h},${l},${o}`);
    expectSameBars((await read(rows)).kept);
  });
});

describe('cells', () => {
  const inCell = (row: number, column: number, text: string) =>
    lines.map((line, i) =>
      i === row
        ? line
            .split(',')
            .map((cell, at) => (at === column ? text : cell))
            .join(',')
        : line,
    );

  test.each<[string, FindingCode]>([
    ['NaN', 'not-a-number'],
    ['', 'missing-cell'],
    ['inf', 'not-a-number'],
    ['-Infinity', 'not-a-number'],
    ['-1', 'impossible-bar'],
    ['1e309', 'not-a-number'],
    ['=1+1', 'not-a-number'],
    ['#DIV/0!', 'not-a-number'],
  ])('a close of %j is %s', async (text, code) => {
    for (const row of [0, 1, 200, 398, 399]) {
      const { find, kept, summary } = await read([header, ...inCell(row, 4, text), '']);
      expect(find(code), `row ${row}`).toMatchObject({ count: 1, lines: [row + 2], action: 'drop' });
      expect(summary.rows).toEqual({ read: 400, kept: 399, dropped: 1 });
      expect(kept.line).not.toContain(row + 2);
    }
  });

  test('full-width digits are digits', async () => {
    const wide = (text: string) => text.replace(/[0-9.]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
    expectSameBars((await read([header, ...inCell(200, 4, wide((bars.close[200] as number).toFixed(5)))])).kept);
    expectSameBars((await read([header, ...lines.map((line) => line.replace(/^[^,]+/, wide))])).kept);
  });

  test('thousands separators in quotes', async () => {
    const large = makeBars(400, 18, 23_140);
    const grouped = (text: string) => `"${Number(text).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 5 })}"`;
    const { kept, summary } = await read([
      header,
      ...writeLines(large, ({ time, o, h, l, c, v }) => `${iso(time)},${[o, h, l, c].map(grouped).join(',')},"${v}"`),
    ]);
    for (const column of ['open', 'high', 'low', 'close'] as const) expect(kept[column]).toEqual(large[column]);
    expect(summary.format.decimalComma).toBe(false);
    const whole = await read([
      header,
      ...writeLines(large, ({ time, v }) => `${iso(time)},"23,140","23,150","23,130","23,14${Number(v) % 10}",1`),
    ]);
    expect(whole.kept.open[0]).toBe(23_140);
  });
});

describe('the last line', () => {
  const text = [header, ...lines];
  const last = lines.at(-1) as string;
  test.each([
    ['inside the date', last.slice(0, 7)],
    ['inside the clock', last.slice(0, 13)],
    ['inside a price', last.slice(0, 32)],
    ['before the volume', last.slice(0, last.lastIndexOf(','))],
  ])('cut off %s', async (_, rest) => {
    const { find, summary } = await read([...text.slice(0, -1), rest]);
    expect(find('truncated-line')).toMatchObject({ count: 1, lines: [401], action: 'drop' });
    expect(summary.rows).toEqual({ read: 400, kept: 399, dropped: 1 });
  });

  test('cut off inside the last price, where the others have five digits', async () => {
    const closes = text.map((line) => line.slice(0, line.lastIndexOf(',')));
    const { find } = await read([...closes.slice(0, -1), (closes.at(-1) as string).slice(0, -2)]);
    expect(find('truncated-line')).toMatchObject({ count: 1, lines: [401] });
    expect((await read(closes)).codes).toEqual(['too-few-bars']);
  });
});
