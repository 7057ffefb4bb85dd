/** Stretches in which the price does not move at all: inside the file they are told, at its end they mean that the feed had stopped. */
import type { Bars } from '../bars.ts';

/** Bars without any movement that make a stretch worth a sentence. */
export const flatRun = 10;
/** Bars without any movement at the end that make a frozen feed. */
export const frozenRun = 30;

/** Whether a bar stands where the one before it closed. */
export function isFrozen(bars: Bars, row: number): boolean {
  const close = bars.close[row] as number;
  return (
    row > 0 && bars.open[row] === close && bars.high[row] === close && bars.low[row] === close && (bars.close[row - 1] as number) === close
  );
}

/** Rows at the end that repeat the price before them; 0 when fewer than `frozenRun`. */
export function frozenTail(bars: Bars): number {
  let rows = 0;
  while (rows < bars.close.length && isFrozen(bars, bars.close.length - 1 - rows)) rows++;
  return rows >= frozenRun ? rows : 0;
}

/** First row and length of every stretch of at least `flatRun` bars. */
export function flatRuns(bars: Bars): { start: number; length: number }[] {
  const runs: { start: number; length: number }[] = [];
  let length = 0;
  for (let row = 0; row <= bars.close.length; row++) {
    if (row < bars.close.length && isFrozen(bars, row)) length++;
    else {
      if (length >= flatRun) runs.push({ start: row - length, length });
      length = 0;
    }
  }
  return runs;
}

/** Whether the four prices of a bar are one: it holds a close and nothing else. */
export function isDot({ open, high, low, close }: Bars, row: number): boolean {
  const price = close[row] as number;
  return open[row] === price && high[row] === price && low[row] === price;
}
