/** Lines of text to rows of cells: the delimiter found in a sample, quotes and alignment undone, the cells cut by papaparse. */
import Papa from 'papaparse';
import { unifyLineEnds } from './line-ends.ts';
import { isMissing, parseNumber } from './number-cell.ts';
import { parseDateTime } from './time-cell.ts';

export interface CellFormat {
  readonly delimiter: string;
  /** Every line as a whole stands in quotes. */
  readonly wrapped: boolean;
}

/** What may stand between cells, the likeliest first. */
export const delimiters = [',', ';', '\t', '|', ' '] as const;

/** One row per line of `text` (lines end with `\n` or `\r\n`), so that row i is line i; empty lines give `['']`. */
export function cutCells(text: string, format: CellFormat): string[][] {
  let prepared = unifyLineEnds(text);
  if (format.wrapped) prepared = prepared.replace(/^"(.*)"[ \t\r]*$/gm, '$1').replaceAll('""', '"');
  if (format.delimiter === ' ') prepared = prepared.replace(/^ +| +(?=\r?$)/gm, '').replace(/ {2,}/g, ' ');
  const rows = parse(prepared, format.delimiter);
  if (!prepared.includes('"')) return rows;
  // A stray quote makes the parser swallow line ends. A bar never holds one, so each line then stands for itself.
  const lines = prepared.split('\n');
  return rows.length === lines.length ? rows : lines.map((line) => parse(line, format.delimiter)[0] ?? ['']);
}

/**
 * Hands over one row after the other, so that a row is garbage before the next is cut. Text without quotes needs no parser.
 * @returns the number of lines
 */
export function visitRows(text: string, format: CellFormat, visit: (cells: readonly string[], index: number) => void): number {
  if (format.wrapped || format.delimiter === ' ' || text.includes('"')) {
    const rows = cutCells(text, format);
    rows.forEach(visit);
    return rows.length;
  }
  let index = 0;
  for (let start = 0; start <= text.length; index++) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const cut = text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end;
    visit(text.slice(start, cut).split(format.delimiter), index);
    start = end + 1;
  }
  return index;
}

function parse(text: string, delimiter: string): string[][] {
  if (text === '') return [['']];
  const rows = Papa.parse<string[]>(text, { delimiter, newline: '\n' }).data;
  // The parser leaves out a last line that is empty.
  if (text.endsWith('\n') && rows.length > 0 && rows.at(-1)?.join('') !== '') rows.push(['']);
  return rows;
}

/**
 * The delimiter under which the most cells of a usual line are numbers or times.
 * @param chosen a delimiter that a person set: it is taken as it is
 * @returns null when under none of them a usual line has at least two
 */
export function detectCells(lines: readonly string[], chosen?: string): CellFormat | null {
  const filled = lines.filter((line) => line.trim() !== '');
  const quoted = filled.filter((line) => /^".*"\s*$/.test(line) && !/"\s*[,;|\t]\s*"/.test(line) && /[,;|\t]/.test(line));
  const wrapped = quoted.length > filled.length / 2;
  if (chosen !== undefined) return { delimiter: chosen, wrapped };
  let best: { format: CellFormat; score: number } | null = null;
  for (const delimiter of delimiters) {
    const format = { delimiter, wrapped };
    const rows = cutCells(filled.join('\n'), format);
    const score = cleanCells(rows);
    if (score >= 2 && (!best || score > best.score)) best = { format, score };
  }
  return best?.format ?? null;
}

/** Readable cells in an average row, counting only rows of the usual width. */
function cleanCells(rows: readonly (readonly string[])[]): number {
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  const [width, count] = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0] as [number, number]);
  if (width < 2) return 0;
  let clean = 0;
  for (const row of rows) if (row.length === width) clean += row.filter((cell) => isReadable(cell.trim())).length;
  return (clean / rows.length) * Math.min(1, (2 * count) / rows.length);
}

function isReadable(cell: string): boolean {
  if (cell === '' || isMissing(cell)) return false;
  return !Number.isNaN(parseNumber(cell, false)) || !Number.isNaN(parseNumber(cell, true)) || isTimeLike(cell);
}

const isTimeLike = (cell: string): boolean =>
  !/[,;|\t]/.test(cell) &&
  (/^\d{1,2}:\d{2}(:\d{2})?/.test(cell) || !Number.isNaN(parseDateTime(cell, 'dmy')) || !Number.isNaN(parseDateTime(cell, 'mdy')));
