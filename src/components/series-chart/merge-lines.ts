/** Several curves with points at different places as one table of rows, the form in which the chart library wants them. */
import type { Point } from '../../lib/thin.ts';

/** `at` and, under each curve's id, its value where it has a point there. */
export type ChartRow = { readonly at: number } & Readonly<Record<string, number>>;

/** Rows in ascending `at`; points of different curves at the same place share a row. */
export function mergeLines(lines: readonly { readonly id: string; readonly points: readonly Point[] }[]): ChartRow[] {
  const rows = new Map<number, Record<string, number>>();
  for (const line of lines) {
    for (const point of line.points) {
      const row = rows.get(point.at);
      if (row) row[line.id] = point.value;
      else rows.set(point.at, { at: point.at, [line.id]: point.value });
    }
  }
  return [...rows.values()].sort((a, b) => (a.at as number) - (b.at as number)) as ChartRow[];
}
