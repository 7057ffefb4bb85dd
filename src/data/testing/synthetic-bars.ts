/** Made bars for tests: a seeded random walk at one-minute steps, and its rows as text in whatever dialect a test wants. */
import { createRandom, normal } from '../../lib/random.ts';
import type { Bars } from '../bars.ts';

export const firstMinute = Date.UTC(2024, 0, 2, 9, 30);

/** Prices with five decimals, so that text and number agree exactly. */
export function makeBars(count: number, seed = 1, startPrice = 1.1): Bars {
  const random = createRandom(seed);
  const round = (value: number): number => Number(value.toFixed(5));
  const column = () => new Float64Array(count);
  const bars = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    line: new Uint32Array(count),
  };
  let price = startPrice;
  for (let row = 0; row < count; row++) {
    const open = round(price);
    const close = round(price * Math.exp(0.0003 * normal(random)));
    bars.time[row] = firstMinute + row * 60_000;
    bars.open[row] = open;
    bars.high[row] = round(Math.max(open, close) * (1 + 0.0002 * random()));
    bars.low[row] = round(Math.min(open, close) * (1 - 0.0002 * random()));
    bars.close[row] = close;
    bars.volume[row] = 1 + Math.floor(random() * 500);
    bars.line[row] = row + 1;
    price = close;
  }
  return bars;
}

/** One bar with its prices and volume as text. */
export interface BarText {
  readonly row: number;
  readonly time: Date;
  readonly o: string;
  readonly h: string;
  readonly l: string;
  readonly c: string;
  readonly v: string;
}

/** Every bar through `write`, one line each. */
export function writeLines(bars: Bars, write: (bar: BarText) => string): string[] {
  return Array.from(bars.time, (time, row) =>
    write({
      row,
      time: new Date(time),
      o: (bars.open[row] as number).toFixed(5),
      h: (bars.high[row] as number).toFixed(5),
      l: (bars.low[row] as number).toFixed(5),
      c: (bars.close[row] as number).toFixed(5),
      v: String(bars.volume?.[row] ?? 0),
    }),
  );
}

/** Two digits of a UTC part of a time: `pad(time.getUTCHours())`. */
export const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');

/** `YYYY-MM-DD` and `HH:mm:ss` of a time. */
export const dateOf = (time: Date): string => time.toISOString().slice(0, 10);
export const clockOf = (time: Date): string => time.toISOString().slice(11, 19);
