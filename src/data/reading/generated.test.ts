/** Properties over generated files: what was written in any dialect is what is read, and damaged bytes end in a table or a refusal. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StudioError } from '../../lib/errors.ts';
import { readFile } from '../read-file.ts';
import { gbk, latin1, utf16 } from '../testing/encode-text.ts';
import { type BarText, clockOf, dateOf, makeBars, pad, writeLines } from '../testing/synthetic-bars.ts';

const read = (bytes: BlobPart) => readFile(new Blob([bytes]), 'made.csv', { onProgress: () => {} });

const dashed = (time: Date) => dateOf(time);
const packed = (time: Date) => dateOf(time).replaceAll('-', '');
const hhmm = (time: Date) => clockOf(time).slice(0, 5);
/** How a time can be written: one text, or a date and a clock in two columns. */
const timeForms: Readonly<Record<string, (time: Date) => readonly string[]>> = {
  iso: (time) => [time.toISOString()],
  'iso-offset': (time) => [`${new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`],
  dashes: (time) => [`${dashed(time)} ${clockOf(time)}`],
  dots: (time) => [`${dashed(time).replaceAll('-', '.')} ${hhmm(time)}`],
  german: (time) => [`${pad(time.getUTCDate())}.${pad(time.getUTCMonth() + 1)}.${time.getUTCFullYear()} ${hhmm(time)}`],
  slashes: (time) => [
    `${time.getUTCFullYear()}/${time.getUTCMonth() + 1}/${time.getUTCDate()} ${time.getUTCHours()}:${pad(time.getUTCMinutes())}`,
  ],
  packed: (time) => [`${packed(time)} ${clockOf(time).replaceAll(':', '')}`],
  seconds: (time) => [String(time.getTime() / 1000)],
  milliseconds: (time) => [String(time.getTime())],
  microseconds: (time) => [`${time.getTime()}000`],
  'dots-apart': (time) => [dashed(time).replaceAll('-', '.'), hhmm(time)],
  'packed-apart': (time) => [packed(time), String(Number(hhmm(time).replace(':', '')))],
  'words-apart': (time) => [`${pad(time.getUTCDate())}-Jan-${time.getUTCFullYear()}`, clockOf(time)],
};

const names = {
  english: { time: ['Datetime'], apart: ['Date', 'Time'], o: 'Open', h: 'High', l: 'Low', c: 'Close', v: 'Volume' },
  chinese: { time: ['时间'], apart: ['日期', '时间'], o: '开盘', h: '最高', l: '最低', c: '收盘', v: '成交量' },
  angled: { time: ['<DATETIME>'], apart: ['<DATE>', '<TIME>'], o: '<OPEN>', h: '<HIGH>', l: '<LOW>', c: '<CLOSE>', v: '<TICKVOL>' },
  german: { time: ['Zeitpunkt'], apart: ['Datum', 'Zeit'], o: 'Eröffnung', h: 'Hoch', l: 'Tief', c: 'Schluss', v: 'Volumen' },
} as const;
type Price = 'o' | 'h' | 'l' | 'c' | 'v';
const orders: readonly (readonly Price[])[] = [
  ['o', 'h', 'l', 'c', 'v'],
  ['o', 'c', 'h', 'l', 'v'],
  ['c', 'h', 'l', 'o', 'v'],
  ['o', 'h', 'l', 'c'],
];

const dialect = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  price: fc.constantFrom(0.56, 1.1, 37.5, 4500, 68_000),
  time: fc.constantFrom(...Object.keys(timeForms)),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  header: fc.constantFrom<keyof typeof names | null>('english', 'chinese', 'angled', 'german', null),
  order: fc.constantFrom(...orders),
  newestFirst: fc.boolean(),
  comma: fc.boolean(),
  quotes: fc.constantFrom<'none' | 'cells' | 'lines'>('none', 'none', 'cells', 'lines'),
  titles: fc.array(fc.constantFrom('https://www.example.com/data', '000001 平安银行 分钟线', '# exported'), { maxLength: 2 }),
  footer: fc.constantFrom('', '#数据来源:通达信', 'Source: somewhere'),
  index: fc.boolean(),
  extra: fc.constantFrom('', 'BTC/USD', '0.5%'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  endsWithLineEnd: fc.boolean(),
  encoding: fc.constantFrom<'utf-8' | 'utf-8-mark' | 'utf-16le' | 'utf-16be' | 'gbk' | 'latin1'>(
    'utf-8',
    'utf-8',
    'utf-8-mark',
    'utf-16le',
    'utf-16be',
    'gbk',
    'latin1',
  ),
});
type Dialect = typeof dialect extends fc.Arbitrary<infer D> ? D : never;

/** The lines of a file in a dialect; a decimal comma goes with a delimiter that is none. */
function writeTable(given: Dialect, bars: ReturnType<typeof makeBars>): string[] {
  const comma = given.comma && given.delimiter !== ',';
  const form = timeForms[given.time] as (time: Date) => readonly string[];
  const cell = (text: string) => (given.quotes === 'cells' ? `"${text}"` : text);
  const join = (cells: readonly string[]) => {
    const line = [...(given.index ? [''] : []), ...cells, ...(given.extra ? ['x'] : [])]
      .map((text) => (text === '' ? '' : cell(text)))
      .join(given.delimiter);
    return given.quotes === 'lines' ? `"${line}"` : line;
  };
  const row = (bar: BarText) => {
    const numbers = given.order.map((role) => (comma ? bar[role].replace('.', ',') : bar[role]));
    const cells = [...(given.index ? [String(bar.row)] : []), ...form(bar.time), ...numbers, ...(given.extra ? [given.extra] : [])];
    const line = cells.map(cell).join(given.delimiter);
    return given.quotes === 'lines' ? `"${line}"` : line;
  };
  const rows = writeLines(bars, row);
  if (given.newestFirst) rows.reverse();
  const words = given.header && names[given.header];
  const heading = words
    ? [join([...(form(new Date(0)).length > 1 ? words.apart : words.time), ...given.order.map((role) => words[role])])]
    : [];
  return [...given.titles, ...heading, ...rows, ...(given.footer ? [given.footer] : [])];
}

const encoders: Readonly<Record<Dialect['encoding'], (text: string) => Uint8Array<ArrayBuffer>>> = {
  'utf-8': (text) => new TextEncoder().encode(text),
  'utf-8-mark': (text) => new TextEncoder().encode(`\uFEFF${text}`),
  'utf-16le': (text) => utf16(text, false, true),
  'utf-16be': (text) => utf16(text, true, true),
  gbk,
  latin1,
};

/** An encoding that lacks the letters of a text writes others: then UTF-8 stands in. */
const encode = (given: Dialect, text: string): Uint8Array<ArrayBuffer> => {
  const lacking = given.encoding === 'latin1' ? /[^\0-\xff]/ : given.encoding === 'gbk' ? /[\x80-\xff]/ : null;
  return lacking?.test(text) ? encoders['utf-8'](text) : encoders[given.encoding](text);
};

function bytesOf(given: Dialect, bars: ReturnType<typeof makeBars>): Uint8Array<ArrayBuffer> {
  return encode(given, writeTable(given, bars).join(given.lineEnd) + (given.endsWithLineEnd ? given.lineEnd : ''));
}

describe('generated files', () => {
  test('what was written is what is read', async () => {
    await fc.assert(
      fc.asyncProperty(dialect, async (given) => {
        const bars = makeBars(150, given.seed, given.price);
        const { summary, bars: kept } = await read(bytesOf(given, bars));
        expect(summary.rows).toEqual({ read: 150, kept: 150, dropped: 0 });
        for (const column of ['time', 'open', 'high', 'low', 'close'] as const) expect(kept[column]).toEqual(bars[column]);
        if (given.order.includes('v')) expect(kept.volume).toEqual(bars.volume);
        expect(summary.format.order).toBe(given.newestFirst ? 'descending' : 'ascending');
        expect(summary.findings.map(({ code }) => code)).toEqual(['too-few-bars']);
      }),
      { numRuns: 300 },
    );
  }, 240_000);

  /** A table, or a sentence: never another error. */
  const endsWell = async (bytes: Uint8Array<ArrayBuffer>) => {
    try {
      const { bars, summary } = await read(bytes);
      expect(summary.rows.read).toBe(summary.rows.kept + summary.rows.dropped);
      expect(bars.time.length).toBe(summary.rows.kept);
      for (const column of ['time', 'open', 'high', 'low', 'close'] as const) expect(bars[column].every(Number.isFinite)).toBe(true);
      for (const column of ['open', 'high', 'low', 'close'] as const) expect(bars[column].every((price) => price > 0)).toBe(true);
      for (let row = 1; row < bars.time.length; row++) expect(bars.time[row]).toBeGreaterThan(bars.time[row - 1] as number);
    } catch (thrown) {
      if (!(thrown instanceof StudioError)) throw thrown;
    }
  };

  test('any bytes end in a table or a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), (bytes) => endsWell(new Uint8Array(bytes))),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => endsWell(encoders['utf-8'](text))),
      { numRuns: 300 },
    );
  }, 240_000);

  const damage = fc.array(fc.record({ at: fc.nat(), bytes: fc.uint8Array({ maxLength: 12 }), removed: fc.nat({ max: 40 }) }), {
    minLength: 1,
    maxLength: 30,
  });
  test('a table with bytes changed, added or missing ends in a table or a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(dialect, damage, async (given, wounds) => {
        let bytes = [...bytesOf(given, makeBars(150, given.seed, given.price))];
        for (const { at, bytes: added, removed } of wounds) bytes = bytes.toSpliced(at % bytes.length, removed, ...added);
        await endsWell(new Uint8Array(bytes));
      }),
      { numRuns: 150 },
    );
  }, 240_000);

  const cells = fc.constantFrom(
    'NaN',
    '',
    'inf',
    '-1',
    '1e309',
    '"23,140.48"',
    '=1+1',
    '１２３',
    '0x1f',
    'null',
    '"',
    '""',
    "'",
    '1,5',
    '1.2.3',
    '∞',
    '٣',
    '1_000',
    '-',
    '+',
    '9'.repeat(400),
  );
  test('one odd cell never moves another bar', async () => {
    const bars = makeBars(150, 77);
    const lines = writeLines(bars, ({ time, o, h, l, c, v }) => `${dateOf(time)} ${clockOf(time)},${o},${h},${l},${c},${v}`);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 149 }), fc.integer({ min: 0, max: 5 }), cells, async (row, column, odd) => {
        const changed = lines.with(row, (lines[row] as string).split(',').with(column, odd).join(','));
        const { bars: kept } = await read(new TextEncoder().encode(['time,open,high,low,close,volume', ...changed, ''].join('\n')));
        const others = Array.from({ length: 150 }, (_, i) => i).filter((i) => i !== row);
        const places = new Map(Array.from(kept.line, (line, i) => [line, i]));
        for (const other of others) {
          const place = places.get(other + 2);
          expect(place, `line ${other + 2}`).toBeDefined();
          for (const name of ['time', 'open', 'high', 'low', 'close'] as const) expect(kept[name][place as number]).toBe(bars[name][other]);
        }
      }),
      { numRuns: 200 },
    );
  }, 240_000);
});
