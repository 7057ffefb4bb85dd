/** The header of a table: the line that names the columns, what its names promise, and the refusals that follow from them. */
import { StudioError } from '../../lib/errors.ts';
import { type NamedRole, roleOfName } from './column-names.ts';
import { parseNumber } from './number-cell.ts';

/** The cells of one line, trimmed. */
export type Row = readonly string[];

/** A found header; roles stand beside their names. */
export interface Header {
  /** 0-based line, −1 without one. */
  readonly line: number;
  readonly names: Row;
  readonly roles: readonly (NamedRole | null)[];
}

/** Roles that every bar needs. */
export const prices = ['open', 'high', 'low', 'close'] as const;

/** Whether a cell is a number in either notation. */
export const isNumber = (cell: string): boolean => !Number.isNaN(parseNumber(cell, false)) || !Number.isNaN(parseNumber(cell, true));

/** The most frequent number of cells among rows of more than one. */
export function usualWidth(rows: readonly Row[]): number {
  const widths = new Map<number, number>();
  for (const row of rows) if (row.length > 1) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  return [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0] as [number, number])[0];
}

/** The line among the first fifty whose cells name the most roles; a line with readable prices is a bar, not a header. */
export function findHeader(rows: readonly Row[]): Header {
  let best: Header = { line: -1, names: [], roles: [] };
  let bestCount = 1;
  for (let line = 0; line < Math.min(50, rows.length); line++) {
    const names = rows[line] as Row;
    if (names.filter(isNumber).length > names.length / 3) break;
    const roles = names.map(roleOfName);
    const count = new Set(roles.filter((role) => role !== null)).size;
    if (count > bestCount) [best, bestCount] = [{ line, names, roles }, count];
  }
  return best;
}

/**
 * A header one cell short: some programs leave the index without a name, so that the names belong one column to the right, others
 * the last column. The bars decide: under the right names the high is the highest of the four.
 */
export function alignHeader(header: Header, rows: readonly Row[]): Header {
  const body = rows.slice(header.line + 1, header.line + 1 + alignRows);
  const width = usualWidth(body);
  if (header.line < 0 || header.names.length !== width - 1 || !body.some((row) => row.length === width && row[width - 1] !== ''))
    return header;
  const shifted = { ...header, names: ['', ...header.names], roles: [null, ...header.roles] };
  return shareOfBars(header, body) >= shareOfBars(shifted, body) && shareOfBars(header, body) > 0 ? header : shifted;
}

const alignRows = 500;

/** Share of rows whose named prices could be those of one bar; 0 where not all four are named. */
function shareOfBars({ roles }: Header, rows: readonly Row[]): number {
  const columns = prices.map((role) => (role === 'close' && !roles.includes('close') ? roles.indexOf('weakClose') : roles.indexOf(role)));
  if (columns.some((column) => column < 0)) return 0;
  const possible = rows.filter((row) => {
    const values = columns.map((column) => eitherNumber(row[column] ?? ''));
    const [open, high, low, close] = values as [number, number, number, number];
    return low > 0 && high <= 2 * low && high >= Math.max(open, close) && low <= Math.min(open, close);
  });
  return possible.length / Math.max(1, rows.length);
}

const eitherNumber = (cell: string): number => {
  const value = parseNumber(cell, false);
  return Number.isNaN(value) ? parseNumber(cell, true) : value;
};

/** Without a name that is known: the line before the first bar, when it is as wide as a bar and holds only words. */
export function unnamedHeader(rows: readonly Row[], firstLine: number, width: number): number {
  const before = rows[firstLine - 1];
  return before && before.length === width && !before.some(isNumber) ? firstLine - 1 : -1;
}

/** @throws StudioError `tick-data` or `missing-columns` when the names promise something other than bars. */
export function refuseHeader(header: Header): void {
  if (header.line < 0) return;
  const has = (role: NamedRole) => header.roles.includes(role);
  const missing = prices.filter((role) => !has(role) && !(role === 'close' && has('weakClose')));
  if (missing.length === 0) return;
  const columns = header.names.join(', ').slice(0, 200);
  const isQuote = has('bid') && has('ask');
  const isTrade = has('weakClose') && (has('quantity') || has('volume'));
  if (missing.length >= 3 && (isQuote || isTrade)) throw new StudioError('tick-data', { columns, line: header.line + 1 });
  if (missing.length < 4 || has('weakClose') || has('volume')) {
    throw new StudioError('missing-columns', { columns: missing.join(', '), found: columns, line: header.line + 1 });
  }
}
