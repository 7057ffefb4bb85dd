/** How a file's table is laid out: delimiter, header, first bar, the column of each role, the form of times and numbers. */
import { StudioError } from '../../lib/errors.ts';
import type { Mapping } from '../mapping.ts';
import type { ColumnRole } from '../table-format.ts';
import { type CellFormat, cutCells, delimiters, detectCells } from './cells.ts';
import { forceTime, inZone } from './chosen-time.ts';
import { type NamedRole, roleOfName } from './column-names.ts';
import { alignHeader, findHeader, type Header, isNumber, prices, type Row, refuseHeader, unnamedHeader, usualWidth } from './header.ts';
import { parseNumber, usesDecimalComma } from './number-cell.ts';
import { inferPriceColumns } from './price-columns.ts';
import { detectTime, type TimeFormat } from './time-format.ts';

export interface TableLayout {
  readonly cells: CellFormat;
  /** 0-based line of the header, −1 without one. */
  readonly headerLine: number;
  /** 0-based line of the first bar. */
  readonly firstLine: number;
  readonly skippedLines: number;
  readonly columnNames: readonly string[];
  readonly columns: Readonly<Partial<Record<ColumnRole, number>>> & Readonly<Record<'open' | 'high' | 'low' | 'close', number>>;
  readonly time: TimeFormat;
  readonly decimalComma: boolean;
  /** Cells of a usual row. */
  readonly width: number;
  /** The lines above the first bar, cell by cell. */
  readonly before: readonly Row[];
  /** Rows of bars from all over the file, in order. */
  readonly sample: readonly Row[];
}

/**
 * @param head first lines of the file, in order
 * @param elsewhere whole lines sampled from the rest of the file, in order
 * @param mapping what a person corrected; the rest is found
 * @throws StudioError `not-a-table`, `no-time-column`, `unreadable-time`, `missing-columns` or `tick-data`
 */
export function detectLayout(head: readonly string[], elsewhere: readonly string[], mapping: Mapping = {}): TableLayout {
  const cells = findCells(head, elsewhere, mapping);
  if (!cells) refuseWithoutCells(head);
  const rows = cutCells(head.join('\n'), cells).map((row) => row.map((cell) => cell.trim()));
  const header = chooseHeader(rows, mapping);
  const sampled = cutCells(elsewhere.join('\n'), cells).map((row) => row.map((cell) => cell.trim()));
  const width = header.names.length || usualWidth(rows);
  const bars = [...rows.slice(header.line + 1), ...sampled].filter((row) => row.length >= Math.max(3, width - 1) && row.some(isNumber));
  if (bars.length === 0) refuseWithoutBars(header, head);
  const time = inZone(forceTime(bars, mapping) ?? findTime(bars, header, rows, cells), mapping.zoneMinutes);
  const decimalComma =
    mapping.decimalComma ??
    usesDecimalComma(
      bars.slice(0, 400).flatMap((row) => row.filter((_, i) => !Object.values(time.columns).includes(i))),
      cells.delimiter,
    );
  const columns = mapping.columns ? chosenColumns(mapping.columns, time) : findPrices(bars, header, rows, time, decimalComma);
  const firstLine = findFirstLine(rows, header, time, columns.open, decimalComma);
  const named = header.line >= 0 ? header.line : unnamedHeader(rows, firstLine, width);
  return {
    cells,
    headerLine: named,
    firstLine,
    skippedLines: rows.slice(0, firstLine).filter((row, line) => line !== named && row.some((cell) => cell !== '')).length,
    columnNames: Array.from({ length: width }, (_, i) => (header.line >= 0 ? header.names[i] : rows[named]?.[i]) || `column ${i + 1}`),
    columns,
    time,
    decimalComma,
    width: usualWidth(bars),
    before: rows.slice(0, firstLine),
    sample: bars,
  };
}

function findCells(head: readonly string[], elsewhere: readonly string[], { delimiter }: Mapping): CellFormat | null {
  const body = head.slice(Math.min(30, Math.floor(head.length / 4)));
  return detectCells([...body.slice(0, 300), ...elsewhere.slice(0, 300)], delimiter);
}

/** The header that a person pointed at, or the one that is found. */
function chooseHeader(rows: readonly Row[], { headerLine }: Mapping): Header {
  if (headerLine === undefined) return alignHeader(findHeader(rows), rows);
  const names = rows[headerLine - 1];
  return names ? alignHeader({ line: headerLine - 1, names, roles: names.map(roleOfName) }, rows) : { line: -1, names: [], roles: [] };
}

/** @throws StudioError `missing-columns` where a price was left without a column */
function chosenColumns(chosen: NonNullable<Mapping['columns']>, time: TimeFormat): TableLayout['columns'] {
  const missing = prices.filter((role) => chosen[role] === undefined);
  if (missing.length > 0) throw new StudioError('missing-columns', { columns: missing.join(', '), found: '', line: 1 });
  const { time: _time, date: _date, clock: _clock, ...values } = chosen;
  return { ...time.columns, ...(values as Record<(typeof prices)[number], number>) };
}

const firstFilled = (lines: readonly string[]): number =>
  Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ''),
  );

/** A file of nothing but a header, or no table at all. */
function refuseWithoutCells(head: readonly string[]): never {
  const headers = delimiters.map((delimiter) => findHeader(head.slice(0, 50).map((line) => line.split(delimiter))));
  const widest = headers.reduce((a, b) => (b.roles.filter(Boolean).length > a.roles.filter(Boolean).length ? b : a));
  refuseWithoutBars(widest, head);
}

function refuseWithoutBars(header: Header, head: readonly string[]): never {
  if (header.line < 0) throw new StudioError('not-a-table', { line: firstFilled(head) + 1 });
  refuseHeader(header);
  throw new StudioError('too-few-bars', { bars: 0, needed: 100 });
}

function findTime(bars: readonly Row[], header: Header, rows: readonly Row[], cells: CellFormat): TimeFormat {
  const byRole = (role: NamedRole) => header.roles.flatMap((found, column) => (found === role ? [column] : []));
  const candidates = [...byRole('time'), ...byRole('date'), ...byRole('clock')];
  const time = detectTime(bars, candidates);
  if (time) return time;
  refuseHeader(header);
  const column = candidates[0];
  if (column !== undefined) {
    const line = rows.findIndex((row, i) => i > header.line && (row[column] ?? '') !== '');
    throw new StudioError('unreadable-time', { value: (rows[line]?.[column] ?? '').slice(0, 60), line: line + 1 });
  }
  const numeric = (bars[0] as Row).filter(isNumber).length;
  if (header.line < 0 && (numeric < 4 || cells.delimiter === ' ')) throw new StudioError('not-a-table', { line: 1 });
  throw new StudioError('no-time-column', { columns: (header.line >= 0 ? header.names : (bars[0] as Row)).join(', ').slice(0, 200) });
}

function findPrices(
  bars: readonly Row[],
  header: Header,
  rows: readonly Row[],
  time: TimeFormat,
  decimalComma: boolean,
): TableLayout['columns'] {
  refuseHeader(header);
  const first = (role: NamedRole) => header.roles.indexOf(role);
  const close = first('close') >= 0 ? first('close') : first('weakClose');
  const named = { open: first('open'), high: first('high'), low: first('low'), close };
  if (Math.min(...Object.values(named)) >= 0) {
    const volume = namedVolume(bars, header, decimalComma);
    return { ...time.columns, ...named, ...(volume === null ? {} : { volume }) };
  }
  const taken = new Set(Object.values(time.columns));
  const inferred = inferPriceColumns(bars.slice(0, 2000), taken, decimalComma, runsBackwards(bars, time));
  if (inferred) {
    const { volume, ...four } = inferred;
    return { ...time.columns, ...four, ...(volume === null ? {} : { volume }) };
  }
  const firstLine = findFirstLine(rows, header, time, 0, decimalComma);
  const words = header.line >= 0 ? header.line : unnamedHeader(rows, firstLine, (bars[0] as Row).length);
  if (words < 0) throw new StudioError('tick-data', { columns: '', line: firstLine + 1 });
  throw new StudioError('missing-columns', {
    columns: prices.join(', '),
    found: (rows[words] as Row).join(', ').slice(0, 200),
    line: words + 1,
  });
}

/** Whether the sampled times fall from first to last. */
export function runsBackwards(bars: readonly Row[], time: TimeFormat): boolean {
  const times = bars.map(time.read).filter((at) => !Number.isNaN(at));
  return (times[0] ?? 0) > (times[times.length - 1] ?? 0);
}

/** The first volume column that is not zero throughout: MetaTrader 5 leaves the real volume of currencies at 0 and counts ticks beside it. */
function namedVolume(bars: readonly Row[], header: Header, decimalComma: boolean): number | null {
  const columns = (['volume', 'tickVolume', 'quantity'] as const).flatMap((role) =>
    header.roles.flatMap((found, column) => (found === role ? [column] : [])),
  );
  const numeric = columns.filter((column) => bars.some((row) => !Number.isNaN(parseNumber(row[column] ?? '', decimalComma))));
  return numeric.find((column) => bars.some((row) => parseNumber(row[column] ?? '', decimalComma) > 0)) ?? numeric[0] ?? null;
}

/** The first line after the header that has a time or an opening price; what stands between (units, tickers) is skipped and counted. */
function findFirstLine(rows: readonly Row[], header: Header, time: TimeFormat, open: number, decimalComma: boolean): number {
  for (let line = header.line + 1; line < rows.length; line++) {
    const row = rows[line] as Row;
    const hasTime = !Number.isNaN(time.read(row));
    const hasPrice = !Number.isNaN(parseNumber(row[open] ?? '', decimalComma));
    if (header.line >= 0 ? hasTime || hasPrice : hasTime) return line;
  }
  return rows.length;
}
