/** Faults of a whole file: evenings under the next day's date, filler, closes only, no volume, other intervals, few rows. */
import { describe, expect, test } from 'vitest';
import { plainHeader as header, plainLine as plain, readMade as read } from '../testing/read-made.ts';
import { makeBars, pad, writeLines } from '../testing/synthetic-bars.ts';

const bars = makeBars(400, 17);
const lines = writeLines(bars, plain);

describe('night sessions under the next trading date', () => {
  /** Two hours in the evening, into the night, then the day: all under the date of the day. */
  function futures(nightEnd: number) {
    const clocks = [
      ...Array.from({ length: 120 }, (_, i) => 21 * 60 + i),
      ...Array.from({ length: nightEnd }, (_, i) => i),
      ...Array.from({ length: 120 }, (_, i) => 540 + i),
    ];
    const made = makeBars(clocks.length * 5, 23);
    return {
      made,
      clocks,
      rows: writeLines(made, ({ row, o, h, l, c, v }) => {
        const clock = clocks[row % clocks.length] as number;
        return `2021-01-${pad(4 + Math.floor(row / clocks.length))} ${pad(Math.floor(clock / 60))}:${pad(clock % 60)}:00,${o},${h},${l},${c},${v}`;
      }),
    };
  }
  test.each([
    ['until eleven', 0],
    ['past midnight', 60],
  ])('%s: file order stays, and it is said once a day', async (_, nightEnd) => {
    const { made, rows, clocks } = futures(nightEnd);
    for (const newestFirst of [false, true]) {
      const { kept, find, summary } = await read([header, ...(newestFirst ? rows.toReversed() : rows)]);
      expect([...kept.close]).toEqual([...made.close]);
      expect(find('disorder')).toBeUndefined();
      expect(find('session-stamp')).toMatchObject({ count: 5, action: 'keep', parameters: { moved: 600 } });
      if (!newestFirst) expect(find('session-stamp')?.lines).toEqual([0, 1, 2, 3, 4].map((day) => day * clocks.length + 122));
      expect(summary.firstTime).toBe(Date.UTC(2021, 0, 4, 21));
      expect(summary.lastTime).toBe(Date.UTC(2021, 0, 8, 10, 59));
      expect(kept.time.every((at, i) => i === 0 || at > (kept.time[i - 1] as number))).toBe(true);
    }
  });

  test('clocks apart, weekdays in the date, and an evening whose day is still to come', async () => {
    const { made, rows } = futures(60);
    const open = rows.length - 180 - 120;
    const days = ['一', '二', '三', '四', '五'];
    const apart = rows
      .slice(0, open + 120)
      .map((line, row) =>
        line.replace(
          /^(\S+) (\d\d):(\d\d):00/,
          (_, date: string, hour: string, minute: string) =>
            `${date.replaceAll('-', '/')} 星期${days[Math.floor(row / 300)]},${hour}${minute}`,
        ),
      );
    const { kept, find, codes } = await read([
      'AL8 豆一主连 1分钟线 前复权',
      '日期,时间,开盘,最高,最低,收盘,成交量',
      ...apart,
      '#数据来源:通达信',
    ]);
    expect([...kept.close]).toEqual([...made.close.subarray(0, open + 120)]);
    expect(find('session-stamp')).toMatchObject({ count: 4, parameters: { moved: 600 } });
    expect(codes).not.toContain('disorder');
    expect(kept.time.at(-1)).toBe(Date.UTC(2021, 0, 7, 22, 59));
  });

  test('rows that are merely out of order are no session', async () => {
    const rows = lines.slice();
    [rows[50], rows[250]] = [rows[250] as string, rows[50] as string];
    const { find, kept } = await read([header, ...rows]);
    expect(find('session-stamp')).toBeUndefined();
    expect(find('disorder')).toMatchObject({ count: 2, lines: [52, 252] });
    expect(kept.time).toEqual(bars.time);
  });
});

describe('what makes a file useless', () => {
  const long = makeBars(3000, 31);
  test('1,200 rows of frozen filler at the end', async () => {
    const still = (long.close[1799] as number).toFixed(5);
    const rows = writeLines(long, (bar) => plain(bar.row < 1800 ? bar : { ...bar, o: still, h: still, l: still, c: still, v: '0' }));
    const { find, kept } = await read([header, ...rows]);
    expect(find('frozen-tail')).toMatchObject({ count: 1200, action: 'drop' });
    expect(kept.time).toHaveLength(1800);
  });

  test('open = high = low = close in every row', async () => {
    const { find } = await read([header, ...writeLines(long, (bar) => plain({ ...bar, o: bar.c, h: bar.c, l: bar.c }))]);
    expect(find('flat-bars')).toMatchObject({ count: 3000, action: 'keep', parameters: { closesOnly: 1 } });
  });

  test('volume zero in 45 %', async () => {
    const { find } = await read([header, ...writeLines(long, (bar) => plain({ ...bar, v: bar.row % 20 < 9 ? '0' : bar.v }))]);
    expect(find('zero-volume')).toMatchObject({ count: 1350, parameters: { share: 0.45 } });
  });

  test.each([
    ['five minutes', 300],
    ['one day', 86_400],
  ])('bars of %s', async (_, seconds) => {
    const { find, summary } = await read([
      header,
      ...writeLines(long, (bar) => plain({ ...bar, time: new Date(Date.UTC(2010, 0, 4) + bar.row * seconds * 1000) })),
    ]);
    expect(find('interval')).toMatchObject({ parameters: { seconds } });
    expect(summary.intervalSeconds).toBe(seconds);
  });

  test('weekends are no gaps in daily bars, holidays are', async () => {
    const days = Array.from({ length: 900 }, (_, i) => new Date(Date.UTC(2018, 0, 1) + i * 86_400_000)).filter(
      (day) => ![0, 6].includes(day.getUTCDay()),
    );
    const rows = writeLines(makeBars(days.length, 3), (bar) => plain({ ...bar, time: days[bar.row] as Date })).map((line) =>
      line.replace(' 00:00:00', ''),
    );
    expect((await read([header, ...rows])).find('gap')).toBeUndefined();
    expect((await read([header, ...rows.slice(0, 100), ...rows.slice(102)])).find('gap')).toMatchObject({
      count: 1,
      lines: [102],
      parameters: { missingBars: 2 },
    });
  });

  test('350 rows only', async () => {
    expect((await read([header, ...writeLines(long, plain).slice(0, 350)])).find('too-few-bars')).toMatchObject({
      count: 350,
      parameters: { bars: 350 },
    });
  });
});
