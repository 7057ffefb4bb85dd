/** Bar files made on the spot: a seeded random walk in the form MetaTrader 4 exports, and what goes wrong with such files. */

/** mulberry32; a file of its own, so that journeys do not lean on what they test. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `YYYY.MM.DD,HH:MM,O,H,L,C,V` lines of one-minute bars, as `eurusd-2022-mt4.csv` has them: no header. */
export function mt4Lines(rows: number, seed = 7): string[] {
  const random = createRandom(seed);
  const start = Date.UTC(2022, 7, 15, 10, 6);
  let close = 1.0234;
  return Array.from({ length: rows }, (_, index) => {
    const open = close;
    close = open * (1 + (random() - 0.5) * 4e-4);
    const high = Math.max(open, close) * (1 + random() * 1e-4);
    const low = Math.min(open, close) * (1 - random() * 1e-4);
    const at = new Date(start + index * 60_000);
    const day = `${at.getUTCFullYear()}.${two(at.getUTCMonth() + 1)}.${two(at.getUTCDate())}`;
    const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
    return [day, clock, ...[open, high, low, close].map((price) => price.toFixed(5)), 50 + Math.floor(random() * 100)].join(',');
  });
}

export const mt4Text = (rows: number, seed?: number): string => `${mt4Lines(rows, seed).join('\r\n')}\r\n`;

/** A chosen or dropped file. */
export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const csvFile = (text: string, name = 'eurusd-mt4.csv'): GivenFile => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
