/** What the small pictures of the health report show: how many bars each day has, and the raw bars around a first fault. */
import type { Bars } from '../bars.ts';
import type { Excerpt, Finding, FindingCode, HealthPictures } from '../finding.ts';

const dayMs = 86_400_000;
/** A year of days, or as many cells of more days each. */
const mostCells = 371;
const around = 12;
/** Findings that a look at the candles explains. */
const pictured: readonly FindingCode[] = ['lost-decimal', 'impossible-bar', 'frozen-tail', 'flat-bars'];

/** @param read bars as the file wrote them, in file order, @param kept those that were kept, oldest first */
export function drawPictures(read: Bars, kept: Bars, findings: readonly Finding[]): HealthPictures {
  const excerpts: Partial<Record<FindingCode, Excerpt>> = {};
  for (const { code, lines } of findings) if (pictured.includes(code) && lines[0] !== undefined) excerpts[code] = excerptAt(read, lines[0]);
  return { calendar: calendarOf(kept.time), excerpts };
}

function calendarOf(time: Float64Array): HealthPictures['calendar'] {
  const first = Math.floor((time[0] as number) / dayMs);
  const days = Math.floor((time[time.length - 1] as number) / dayMs) - first + 1;
  const daysPerCell = Math.max(1, Math.ceil(days / mostCells));
  const counts = new Array<number>(Math.ceil(days / daysPerCell)).fill(0);
  for (const at of time) {
    const cell = Math.floor((Math.floor(at / dayMs) - first) / daysPerCell);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return { firstDay: first * dayMs, daysPerCell, counts };
}

function excerptAt({ line, open, high, low, close }: Bars, wanted: number): Excerpt {
  const row = Math.max(0, line.indexOf(wanted));
  const from = Math.max(0, row - around);
  const rows = Array.from({ length: Math.min(line.length, row + around + 1) - from }, (_, i) => from + i);
  return {
    lines: rows.map((at) => line[at] as number),
    bars: rows.map((at) => [open[at] as number, high[at] as number, low[at] as number, close[at] as number] as const),
    marked: row - from,
  };
}
