/** Reads the beginning of a file under a mapping, quickly enough to be asked again at every change. */
import { StudioError, toFailure } from '../lib/errors.ts';
import type { Mapping } from './mapping.ts';
import type { FilePreview, Guess, PreviewRow } from './preview.ts';
import { cutCells, detectCells } from './reading/cells.ts';
import { detectEncoding } from './reading/encoding.ts';
import { refuseBinary, refuseOtherText } from './reading/file-kind.ts';
import { parseNumber } from './reading/number-cell.ts';
import { readPieces, sampleLines } from './reading/sample-lines.ts';
import { detectLayout, runsBackwards, type TableLayout } from './reading/table-layout.ts';
import type { Encoding } from './table-format.ts';

const rowsShown = 14;
/** Cells of a line that are shown; a line of a thousand cells is no table of bars. */
const cellsShown = 40;

/** @throws StudioError only where there is no text to show at all */
export async function previewFile(file: Blob, name: string, mapping: Mapping): Promise<FilePreview> {
  if (file.size === 0) throw new StudioError('empty-file');
  const bytes = await readPieces(file);
  refuseBinary(bytes.head);
  const encoding = mapping.encoding ?? detectEncoding(bytes.head, bytes.rest);
  const { head, elsewhere } = sampleLines(bytes, encoding);
  const common = { name, bytes: file.size, mapping };
  try {
    refuseOtherText(head.join('\n').slice(0, 20_000));
    const layout = detectLayout(head, elsewhere, mapping);
    return { ...common, rows: rowsUnder(head, layout), guess: guessOf(layout, encoding, mapping), failure: null };
  } catch (thrown) {
    return { ...common, ...plainRows(head, elsewhere, encoding, mapping), failure: toFailure(thrown) };
  }
}

/** The first lines, and where titles fill them the first bars as well. */
function rowsUnder(head: readonly string[], layout: TableLayout): PreviewRow[] {
  const first = Math.max(0, Math.min(layout.firstLine - 4, layout.headerLine < 0 ? layout.firstLine : layout.headerLine));
  const cells = cutCells(head.slice(first, first + rowsShown).join('\n'), layout.cells);
  return cells.map((row, index) => ({
    line: first + index + 1,
    cells: row.slice(0, cellsShown),
    bar:
      first + index < layout.firstLine
        ? null
        : barOf(
            row.map((cell) => cell.trim()),
            layout,
          ),
  }));
}

function barOf(cells: readonly string[], { columns, time, decimalComma }: TableLayout): number[] | null {
  const value = (column: number | undefined) => (column === undefined ? 0 : parseNumber(cells[column] ?? '', decimalComma));
  const bar = [time.read(cells), value(columns.open), value(columns.high), value(columns.low), value(columns.close), value(columns.volume)];
  return bar.slice(0, 5).some(Number.isNaN) ? null : bar;
}

function guessOf(layout: TableLayout, encoding: Encoding, mapping: Mapping): Guess {
  return {
    encoding,
    delimiter: layout.cells.delimiter,
    headerLine: layout.headerLine + 1,
    columnNames: layout.columnNames,
    columns: layout.columns,
    timeFormat: layout.time.label,
    hasZone: layout.time.hasZone,
    order: mapping.order ?? (runsBackwards(layout.sample, layout.time) ? 'descending' : 'ascending'),
    decimalComma: layout.decimalComma,
  };
}

/** What can be shown of a file that is not understood: its lines, cut where a delimiter is known. */
function plainRows(
  head: readonly string[],
  elsewhere: readonly string[],
  encoding: Encoding,
  mapping: Mapping,
): Pick<FilePreview, 'rows' | 'guess'> {
  const format = detectCells([...head.slice(0, 300), ...elsewhere.slice(0, 300)], mapping.delimiter);
  const lines = head.slice(0, rowsShown);
  const cells = format ? cutCells(lines.join('\n'), format) : lines.map((line) => [line.slice(0, 400)]);
  const width = Math.min(cellsShown, Math.max(0, ...cells.map((row) => row.length)));
  const names = mapping.headerLine ? (cells[mapping.headerLine - 1] ?? []) : [];
  return {
    rows: cells.map((row, index) => ({ line: index + 1, cells: row.slice(0, cellsShown), bar: null })),
    guess: {
      encoding,
      delimiter: format?.delimiter ?? null,
      headerLine: mapping.headerLine ?? null,
      columnNames: Array.from({ length: width }, (_, i) => names[i] || `column ${i + 1}`),
      columns: mapping.columns ?? {},
      timeFormat: null,
      hasZone: false,
      order: mapping.order ?? null,
      decimalComma: mapping.decimalComma ?? null,
    },
  };
}
