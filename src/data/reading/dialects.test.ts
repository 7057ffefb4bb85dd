/** Every dialect that SPEC 1.1 names, as a small made file, must give back exactly the bars that were written. */
import { describe, expect, test } from 'vitest';
import { readFile } from '../read-file.ts';
import type { TableFormat } from '../table-format.ts';
import { gbk, latin1, utf16 } from '../testing/encode-text.ts';
import { type BarText, clockOf, dateOf, makeBars, pad, writeLines } from '../testing/synthetic-bars.ts';

const bars = makeBars(240, 7);

interface Dialect {
  readonly name: string;
  readonly before?: readonly string[];
  readonly line: (bar: BarText) => string;
  readonly after?: readonly string[];
  readonly newestFirst?: boolean;
  readonly encode?: (text: string) => Uint8Array<ArrayBuffer>;
  readonly lineEnd?: string;
  readonly format?: Partial<TableFormat>;
  readonly withoutVolume?: boolean;
}

const iso = (time: Date) => `${dateOf(time)} ${clockOf(time)}`;
const dots = (time: Date) => dateOf(time).replaceAll('-', '.');
const packed = (time: Date) => dateOf(time).replaceAll('-', '');
const german = (time: Date) => `${pad(time.getUTCDate())}.${pad(time.getUTCMonth() + 1)}.${time.getUTCFullYear()}`;
const comma = (text: string) => text.replace('.', ',');
const seconds = (time: Date) => time.getTime() / 1000;
const binance = ({ time, o, h, l, c, v }: BarText, scale = 1) =>
  `${time.getTime() * scale},${o},${h},${l},${c},${v},${(time.getTime() + 59_999) * scale},123.4,17,1.5,2.5,0`;
const binanceHeader = 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
const dialects: readonly Dialect[] = [
  { name: 'Binance without header', line: (bar) => binance(bar), format: { header: false, timeFormat: 'epoch-ms' } },
  { name: 'Binance with header', before: [binanceHeader], line: (bar) => binance(bar), format: { header: true, timeFormat: 'epoch-ms' } },
  { name: 'Binance in microseconds', line: (bar) => binance(bar, 1000), format: { timeFormat: 'epoch-us' } },
  {
    name: 'MetaTrader 4',
    line: ({ time, o, h, l, c, v }) => `${dots(time)},${clockOf(time).slice(0, 5)},${o},${h},${l},${c},${v}`,
    lineEnd: '\r\n',
    format: { timeFormat: 'YYYY.MM.DD HH:mm', columns: { date: 0, clock: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 } },
  },
  {
    name: 'MetaTrader 5',
    before: ['<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>'],
    line: ({ time, o, h, l, c, v }) => `${dots(time)}\t${clockOf(time)}\t${o}\t${h}\t${l}\t${c}\t${v}\t0\t12`,
    format: { delimiter: '\t', header: true },
  },
  {
    name: 'HistData',
    line: ({ time, o, h, l, c, v }) => `${packed(time)} ${clockOf(time).replaceAll(':', '')};${o};${h};${l};${c};${v}`,
    format: { delimiter: ';', timeFormat: 'YYYYMMDD HHmmss' },
  },
  {
    name: 'HistData for MetaTrader, clock in a column of its own',
    line: ({ time, o, h, l, c, v }) => `${packed(time)},${clockOf(time).replaceAll(':', '').replace(/^0/, '')},${o},${h},${l},${c},${v}`,
    format: { timeFormat: 'YYYYMMDD HHmmss' },
  },
  {
    name: 'yfinance order with zone',
    before: ['Datetime,Close,High,Low,Open,Volume'],
    line: ({ time, o, h, l, c, v }) => `${iso(new Date(time.getTime() - 5 * 3_600_000))}-05:00,${c},${h},${l},${o},${v}`,
    format: { timeFormat: 'iso', columns: { time: 0, close: 1, high: 2, low: 3, open: 4, volume: 5 } },
  },
  {
    name: 'yfinance three-line header',
    before: ['Price,Close,High,Low,Open,Volume', 'Ticker,AAPL,AAPL,AAPL,AAPL,AAPL', 'Datetime,,,,,'],
    line: ({ time, o, h, l, c, v }) => `${iso(time)}+00:00,${c},${h},${l},${o},${v}`,
    format: { header: true, skippedLines: 2 },
  },
  {
    name: 'Kraken',
    line: ({ time, o, h, l, c, v }) => `${seconds(time)},${o},${h},${l},${c},${v},31`,
    format: { header: false, timeFormat: 'epoch-s' },
  },
  {
    name: 'Kraken with weighted average',
    line: ({ time, o, h, l, c, v }) => `${seconds(time)},${o},${h},${l},${c},${c},${v},31`,
    format: { columns: { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 6 } },
  },
  {
    name: 'CryptoDataDownload, newest first',
    before: ['https://www.CryptoDataDownload.com', 'unix,date,symbol,open,high,low,close,Volume BTC,Volume USD'],
    line: ({ time, o, h, l, c, v }) => `${seconds(time)},${iso(time)},BTC/USD,${o},${h},${l},${c},${v},99.5`,
    newestFirst: true,
    format: { order: 'descending', skippedLines: 1, header: true },
  },
  {
    name: 'JoinQuant, index without a name',
    before: [',open,close,high,low,volume,money'],
    line: ({ time, o, h, l, c, v }) => `${iso(time)},${o},${c},${h},${l},${v},1000.0`,
    format: { columns: { time: 0, open: 1, close: 2, high: 3, low: 4, volume: 5 } },
  },
  {
    name: 'TDX in GBK with title and footer',
    before: ['000001 平安银行 分钟线 不复权', '      日期\t    时间\t    开盘\t    最高\t    最低\t    收盘\t    成交量\t    成交额'],
    line: ({ time, o, h, l, c, v }) =>
      `${dateOf(time).replaceAll('-', '/')}\t${clockOf(time).slice(0, 5).replace(':', '')}\t${o}\t${h}\t${l}\t${c}\t${v}\t5000.00`,
    after: ['#数据来源:通达信'],
    encode: gbk,
    lineEnd: '\r\n',
    format: { encoding: 'gb18030', delimiter: '\t', skippedLines: 1, footerLines: 1, timeFormat: 'YYYY/MM/DD HHmm' },
  },
  {
    name: 'Chinese header in UTF-8 with BOM',
    before: ['\uFEFF时间,开盘,最高,最低,收盘,成交量,成交额'],
    line: ({ time, o, h, l, c, v }) => `${iso(time)},${o},${h},${l},${c},${v},8.8`,
    format: { encoding: 'utf-8', header: true },
  },
  {
    name: 'Chinese prices with units in brackets, GBK',
    before: ['交易时间,开盘价(元),收盘价(元),最高价(元),最低价(元),成交量(手)'],
    line: ({ time, o, h, l, c, v }) =>
      `${time.getUTCFullYear()}年${time.getUTCMonth() + 1}月${time.getUTCDate()}日 ${clockOf(time)},${o},${c},${h},${l},${v}`,
    encode: gbk,
    format: { encoding: 'gb18030' },
  },
  {
    name: 'German with decimal comma in Windows-1252',
    before: ['Datum;Zeit;Eröffnung;Hoch;Tief;Schluss;Volumen'],
    line: ({ time, o, h, l, c, v }) => `${german(time)};${clockOf(time).slice(0, 5)};${[o, h, l, c].map(comma).join(';')};${v}`,
    encode: latin1,
    format: { encoding: 'windows-1252', decimalComma: true, timeFormat: 'DD.MM.YYYY HH:mm' },
  },
  {
    name: 'decimal comma in quotes between commas',
    before: ['Time,Open,High,Low,Close,Volume'],
    line: ({ time, o, h, l, c, v }) =>
      `"${german(time)} ${clockOf(time)}",${[o, h, l, c].map((price) => `"${comma(price)}"`).join(',')},"${v}"`,
    format: { delimiter: ',', decimalComma: true },
  },
  {
    name: 'whole lines quoted',
    before: ['"time,open,high,low,close,volume"'],
    line: ({ time, o, h, l, c, v }) => `"${iso(time)},${o},${h},${l},${c},${v}"`,
    format: { delimiter: ',', header: true },
  },
  {
    name: 'every cell quoted',
    before: ['"time","open","high","low","close","volume"'],
    line: ({ time, o, h, l, c, v }) => `"${iso(time)}","${o}","${h}","${l}","${c}","${v}"`,
  },
  {
    name: 'pipes',
    before: ['time|o|h|l|c|v'],
    line: ({ time, o, h, l, c, v }) => `${iso(time)}|${o}|${h}|${l}|${c}|${v}`,
    format: { delimiter: '|' },
  },
  {
    name: 'aligned by spaces',
    line: ({ time, o, h, l, c, v }) => `  ${iso(time)}   ${o}  ${h}  ${l}  ${c}   ${v}`,
    format: { delimiter: ' ', columns: { date: 0, clock: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 } },
  },
  {
    name: 'ISO with Z and fraction, index column first',
    before: [',timestamp,open,high,low,close,volume'],
    line: ({ row, time, o, h, l, c, v }) => `${row},${time.toISOString()},${o},${h},${l},${c},${v}`,
    format: { timeFormat: 'iso' },
  },
  {
    name: 'ISO with offset of China',
    before: ['datetime,open,high,low,close,volume'],
    line: ({ time, o, h, l, c, v }) =>
      `${new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00,${o},${h},${l},${c},${v}`,
  },
  {
    name: 'US dates with afternoon',
    before: ['Date,Time,Open,High,Low,Close,Volume'],
    line: ({ time, o, h, l, c, v }) => {
      const hour = time.getUTCHours();
      const clock = `${hour % 12 || 12}:${pad(time.getUTCMinutes())} ${hour < 12 ? 'AM' : 'PM'}`;
      return `${time.getUTCMonth() + 1}/${time.getUTCDate()}/${time.getUTCFullYear()},${clock},${o},${h},${l},${c},${v}`;
    },
  },
  {
    name: 'packed minutes',
    line: ({ time, o, h, l, c, v }) => `${packed(time)}${clockOf(time).slice(0, 5).replace(':', '')},${o},${h},${l},${c},${v}`,
  },
  {
    name: 'month as a word',
    before: ['Date,Open,High,Low,Close,Volume'],
    line: ({ time, o, h, l, c, v }) => `02-Jan-${time.getUTCFullYear()} ${clockOf(time)},${o},${h},${l},${c},${v}`,
  },
  {
    name: 'UTF-16BE with BOM',
    before: ['time,open,high,low,close,volume'],
    line: ({ time, o, h, l, c, v }) => `${iso(time)},${o},${h},${l},${c},${v}`,
    encode: (text) => utf16(text, true, true),
    format: { encoding: 'utf-16be' },
  },
  {
    name: 'UTF-16LE without BOM',
    before: ['time,open,high,low,close,volume'],
    line: ({ time, o, h, l, c, v }) => `${iso(time)},${o},${h},${l},${c},${v}`,
    encode: (text) => utf16(text, false, false),
    format: { encoding: 'utf-16le' },
  },
  {
    name: 'carriage returns alone',
    before: ['time,open,high,low,close,volume'],
    line: ({ time, o, h, l, c, v }) => `${iso(time)},${o},${h},${l},${c},${v}`,
    lineEnd: '\r',
  },
  {
    name: 'without volume',
    before: ['time,open,high,low,close'],
    line: ({ time, o, h, l, c }) => `${iso(time)},${o},${h},${l},${c}`,
    withoutVolume: true,
  },
  {
    name: 'open, close, high, low without header',
    line: ({ time, o, h, l, c, v }) => `${iso(time)},${o},${c},${h},${l},${v}`,
    format: { columns: { time: 0, open: 1, close: 2, high: 3, low: 4, volume: 5 } },
  },
  {
    name: 'unknown names',
    before: ['zeitspalte,alpha,beta,gamma,delta,epsilon'],
    line: ({ time, o, h, l, c, v }) => `${iso(time)},${o},${h},${l},${c},${v}`,
    format: { header: true },
  },
  {
    name: 'Dukascopy, local time',
    before: ['Local time,Open,High,Low,Close,Volume'],
    line: ({ time, o, h, l, c, v }) =>
      `${german(new Date(time.getTime() + 3_600_000))} ${clockOf(new Date(time.getTime() + 3_600_000))}.000 GMT+0100,${o},${h},${l},${c},${v}`,
    format: { columns: { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 } },
  },
  {
    name: 'Stooq and Finam',
    before: ['<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>'],
    line: ({ time, o, h, l, c, v }) => `EURUSD,1,${packed(time)},${clockOf(time).replaceAll(':', '')},${o},${h},${l},${c},${v},0`,
    format: { timeFormat: 'YYYYMMDD HHmmss' },
  },
  {
    name: 'price first, volume with units (Investing.com)',
    before: ['"Date","Price","Open","High","Low","Vol.","Change %"'],
    line: ({ time, o, h, l, c, v }) => `"${iso(time)}","${c}","${o}","${h}","${l}","${Number(v) / 1000}K","0.01%"`,
    newestFirst: true,
  },
  {
    name: 'R with row names',
    before: ['"time","open","high","low","close","volume"'],
    line: ({ row, time, o, h, l, c, v }) => `"${row + 1}","${iso(time)}",${o},${h},${l},${c},${v}`,
    format: { columns: { time: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 } },
  },
  {
    name: 'weekday in the date, change columns between (Chinese terminals)',
    before: ['时间\t开盘\t收盘\t最高\t最低\t涨跌幅\t总手\t金额'],
    line: ({ time, o, h, l, c, v }) => `${dateOf(time)},二 ${clockOf(time).slice(0, 5)}\t${o}\t${c}\t${h}\t${l}\t0.1%\t${v}\t1.2万`,
    format: { delimiter: '\t' },
  },
  {
    name: 'baostock, date and packed milliseconds',
    before: ['date,time,code,open,high,low,close,volume,amount'],
    line: ({ time, o, h, l, c, v }) =>
      `${dateOf(time)},${packed(time)}${clockOf(time).replaceAll(':', '')}000,sh.600000,${o},${h},${l},${c},${v},5.5`,
    format: { columns: { time: 1, open: 3, high: 4, low: 5, close: 6, volume: 7 } },
  },
  {
    name: 'blank lines between',
    before: ['time,open,high,low,close,volume', ''],
    line: ({ time, o, h, l, c, v }) => `${iso(time)},${o},${h},${l},${c},${v}\n`,
  },
];

describe('dialects', () => {
  test.each(dialects)('$name', async (dialect) => {
    const lines = writeLines(bars, dialect.line);
    if (dialect.newestFirst) lines.reverse();
    const text = [...(dialect.before ?? []), ...lines, ...(dialect.after ?? [])].join(dialect.lineEnd ?? '\n') + (dialect.lineEnd ?? '\n');
    const bytes = dialect.encode ? dialect.encode(text) : new TextEncoder().encode(text);
    const { summary, bars: read } = await readFile(new Blob([bytes]), 'made.csv', { onProgress: () => {} });
    expect(summary.rows).toEqual({ read: 240, kept: 240, dropped: 0 });
    if (dialect.format) expect(summary.format).toMatchObject(dialect.format);
    for (const column of ['time', 'open', 'high', 'low', 'close'] as const) expect([...read[column]]).toEqual([...bars[column]]);
    if (dialect.withoutVolume) expect(read.volume).toBeNull();
    else expect([...(read.volume ?? [])]).toEqual([...(bars.volume ?? [])]);
    const first = dialect.newestFirst ? lines.length - 1 : 0;
    const physical = (dialect.before?.length ?? 0) + first + 1;
    expect(read.line[0]).toBe(physical);
  });

  test('day and month are told apart by the days of the whole file, not of its first lines', async () => {
    for (const write of [
      (time: Date) => `${pad(time.getUTCDate())}/${pad(time.getUTCMonth() + 1)}/${time.getUTCFullYear()}`,
      (time: Date) => `${pad(time.getUTCMonth() + 1)}/${pad(time.getUTCDate())}/${time.getUTCFullYear()}`,
    ]) {
      // Twenty days of minutes from 2 January: past the 12th only late in the file.
      const long = makeBars(20 * 1440, 3);
      const text = [
        'time,open,high,low,close,volume',
        ...writeLines(long, ({ time, o, h, l, c, v }) => `${write(time)} ${clockOf(time)},${o},${h},${l},${c},${v}`),
      ];
      const { bars: read } = await readFile(new Blob([text.join('\n')]), 'slashes.csv', { onProgress: () => {} });
      expect(read.time).toEqual(long.time);
    }
  });
});
