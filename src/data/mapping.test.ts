/** Each guess about a file can be corrected: the reading and its preview follow, and a contradiction is refused by name. */
import { describe, expect, test } from 'vitest';
import type { Mapping } from './mapping.ts';
import { previewFile } from './preview-file.ts';
import { gbk } from './testing/encode-text.ts';
import { plainHeader, plainLine, readMade } from './testing/read-made.ts';
import { clockOf, makeBars, pad, writeLines } from './testing/synthetic-bars.ts';

const bars = makeBars(200, 41);
const lines = writeLines(bars, plainLine);
const preview = (rows: readonly string[], mapping: Mapping) => previewFile(new Blob([rows.join('\n')]), 'made.csv', mapping);
const corrected = (rows: readonly string[], mapping: Mapping) => readMade(rows, undefined, { mapping });

describe('corrections', () => {
  test('columns: what the names call low is the high', async () => {
    const rows = ['time,open,low,high,close,volume', ...lines];
    const { kept } = await corrected(rows, { columns: { time: 0, open: 1, high: 2, low: 3, close: 4 } });
    expect(kept.high).toEqual(bars.high);
    expect(kept.volume).toBeNull();
    const { rows: shown, failure } = await preview(rows, { columns: { time: 0, open: 1, high: 2, low: 3, close: 4 } });
    expect(failure).toBeNull();
    expect(shown[1]?.bar?.[2]).toBe(bars.high[0]);
  });

  test('the order of day and month', async () => {
    const rows = writeLines(bars, (bar) => plainLine(bar).replace(/^\S+/, '01/02/2024'));
    const asFound = await readMade([plainHeader, ...rows]);
    expect(new Date(asFound.kept.time[0] as number).toISOString().slice(0, 10)).toBe('2024-01-02');
    const { kept } = await corrected([plainHeader, ...rows], {
      timeForm: 'dmy',
      columns: { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 },
    });
    expect(new Date(kept.time[0] as number).toISOString().slice(0, 10)).toBe('2024-02-01');
  });

  test('the zone moves written times, and leaves those that name theirs', async () => {
    const { kept } = await corrected([plainHeader, ...lines], { zoneMinutes: 480 });
    expect(kept.time[0]).toBe((bars.time[0] as number) - 480 * 60_000);
    const zoned = writeLines(bars, (bar) => plainLine(bar).replace(',', '+00:00,'));
    expect((await corrected([plainHeader, ...zoned], { zoneMinutes: 480 })).kept.time).toEqual(bars.time);
    expect((await preview([plainHeader, ...zoned], {})).guess.hasZone).toBe(true);
  });

  test('a header that is none, and one further down', async () => {
    expect((await corrected(lines, { headerLine: 0 })).kept.close).toEqual(bars.close);
    const rows = ['open,high,low,close,time,x', plainHeader, ...lines];
    expect((await corrected(rows, { headerLine: 2 })).kept.close).toEqual(bars.close);
  });

  test('delimiter, decimals and order', async () => {
    const rows = writeLines(
      bars,
      ({ time, o, h, l, c }) => `${plainLine({ row: 0, time, o, h, l, c, v: '0' }).split(',')[0]};${[o, h, l, c].join(';')};1,500`,
    );
    const { kept } = await corrected(rows, { delimiter: ';', decimalComma: false });
    expect(kept.volume?.[0]).toBe(1500);
    expect(
      (
        await corrected(
          rows.map((row) => row.replaceAll('.', ',')),
          { decimalComma: true },
        )
      ).kept.volume?.[0],
    ).toBe(1.5);
    const twice = [...lines, ...lines.map((line) => line.replace(/,\d+$/, ',999'))];
    expect((await corrected(twice, { order: 'ascending' })).summary.format.order).toBe('ascending');
  });

  test('an encoding', async () => {
    const { summary } = await readMade(['时间,开盘,最高,最低,收盘,成交量', ...lines], gbk, { mapping: { encoding: 'gb18030' } });
    expect(summary.format.columnNames[0]).toBe('时间');
  });

  test('a price without a column, a time without one, a time in words', async () => {
    const columns = { time: 0, open: 1, high: 2, low: 3, close: 4 };
    for (const [mapping, code] of [
      [{ columns: { time: 0, open: 1, high: 2, low: 3 } }, 'missing-columns'],
      [{ columns: { open: 1, high: 2, low: 3, close: 4 } }, 'no-time-column'],
      [{ columns, timeForm: 'serial' }, 'unreadable-time'],
    ] as const satisfies readonly (readonly [Mapping, string])[]) {
      await expect(corrected([plainHeader, ...lines], mapping)).rejects.toMatchObject({ code });
      expect((await preview([plainHeader, ...lines], mapping)).failure?.code).toBe(code);
    }
  });
});

describe('preview', () => {
  test('titles, header and bars with their lines, without reading the file whole', async () => {
    const { rows, guess } = await preview(['a title', plainHeader, ...lines], {});
    expect(rows[0]).toMatchObject({ line: 1, cells: ['a title'], bar: null });
    expect(rows[2]).toMatchObject({
      line: 3,
      bar: [bars.time[0], bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume?.[0]],
    });
    expect(guess).toMatchObject({
      encoding: 'utf-8',
      delimiter: ',',
      headerLine: 2,
      order: 'ascending',
      decimalComma: false,
      hasZone: false,
    });
  });

  test('a file that is not understood still shows its lines', async () => {
    const rows = writeLines(bars, ({ time, c }) => `${clockOf(time)}|${c}|${pad(time.getUTCMinutes())}`);
    const { failure, rows: shown } = await preview(rows, {});
    expect(failure).not.toBeNull();
    expect(shown[0]?.cells).toHaveLength(3);
  });
});

describe('actions', () => {
  test('keep and stop are what the rows and the findings say', async () => {
    const broken = lines.with(50, (lines[50] as string).replace(/,([\d.]+),([\d.]+),([\d.]+),([\d.]+),/, ',$1,$3,$2,$4,'));
    expect((await readMade([plainHeader, ...broken])).summary.rows.dropped).toBe(1);
    const kept = await readMade([plainHeader, ...broken], undefined, { actions: { 'impossible-bar': 'keep' } });
    expect(kept.summary.rows.dropped).toBe(0);
    expect(kept.find('impossible-bar')?.action).toBe('keep');
    const stopped = await readMade([plainHeader, ...broken], undefined, { actions: { 'impossible-bar': 'stop' } });
    expect(stopped.find('impossible-bar')?.action).toBe('stop');
  });

  test('a bar without a price cannot be kept', async () => {
    const broken = lines.with(50, (lines[50] as string).replace(/,[\d.]+,/, ',0,'));
    expect((await readMade([plainHeader, ...broken], undefined, { actions: { 'impossible-bar': 'keep' } })).kept.time).toHaveLength(199);
  });

  test('rows without volume, flat rows and rows out of order can be dropped', async () => {
    const still = writeLines(bars, (bar) =>
      plainLine(bar.row > 100 && bar.row <= 120 ? { ...bar, o: '1.1', h: '1.1', l: '1.1', c: '1.1', v: '0' } : bar),
    );
    expect((await readMade([plainHeader, ...still], undefined, { actions: { 'zero-volume': 'drop' } })).kept.time).toHaveLength(180);
    expect((await readMade([plainHeader, ...still], undefined, { actions: { 'flat-bars': 'drop' } })).kept.time).toHaveLength(181);
    const swapped = lines.with(10, lines[11] as string).with(11, lines[10] as string);
    expect((await readMade([plainHeader, ...swapped], undefined, { actions: { disorder: 'drop' } })).kept.time).toHaveLength(199);
  });
});
