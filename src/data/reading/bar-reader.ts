/** Rows of cells to columns of bars. A row that cannot be a bar is left out and counted under the reason; text after the last bar is a footer. */
import type { Bars } from '../bars.ts';
import type { FindingCode } from '../finding.ts';
import type { Tally } from '../health/tally.ts';
import { doubles, words } from './growable-columns.ts';
import { isCutInside } from './last-line.ts';
import { isMissing, parseNumber } from './number-cell.ts';
import { createHeaderCheck } from './repeated-header.ts';
import type { TableLayout } from './table-layout.ts';

const headRows = 400;
const hourMs = 3_600_000;

export class BarReader {
  /** Non-empty lines from the first bar on, without the footer. */
  read = 0;
  /** Lines of text after the last bar: sources, totals. */
  footerLines = 0;
  /** First rows as the file wrote them, by line. */
  readonly head: { readonly line: number; readonly cells: readonly string[] }[] = [];
  readonly #layout: TableLayout;
  readonly #tally: Tally;
  /** Cells a row must have. */
  readonly #width: number;
  readonly #isHeader: (cells: readonly string[]) => boolean;
  readonly #time = doubles();
  readonly #open = doubles();
  readonly #high = doubles();
  readonly #low = doubles();
  readonly #close = doubles();
  readonly #volume = doubles();
  readonly #line = words();
  #lastTime = Number.NaN;
  /** Lines of text since the last row of the table: a footer, unless another row follows. */
  #stray: number[] = [];
  #lastRow: { readonly line: number; readonly cells: readonly string[] } | null = null;

  constructor(layout: TableLayout, tally: Tally) {
    this.#layout = layout;
    this.#tally = tally;
    this.#width = 1 + Math.max(...Object.values(layout.columns));
    this.#isHeader = createHeaderCheck(layout.columnNames, layout.before);
  }

  get kept(): number {
    return this.#time.length;
  }

  /** @param line 1-based */
  add(cells: readonly string[], line: number): void {
    if (cells.length === 1 && (cells[0] as string).trim() === '') return;
    const code = this.#addBar(cells, line);
    if (code === 'stray') {
      this.#stray.push(line);
      return;
    }
    this.#settleStray();
    this.read++;
    this.#lastRow = { line, cells };
    if (code) this.#tally.add(code, 'drop', line);
  }

  /** Text between bars is no footer: it counts as rows that are none. */
  #settleStray(): void {
    if (this.#stray.length === 0) return;
    for (const line of this.#stray) this.#tally.add('truncated-line', 'drop', line);
    this.read += this.#stray.length;
    this.#stray = [];
  }

  /** Takes a row in, or tells why it cannot be one. */
  #addBar(cells: readonly string[], line: number): FindingCode | 'stray' | null {
    const { columns, decimalComma, time: form } = this.#layout;
    if (cells.length < this.#width) return this.#shortRow(cells);
    const time = form.read(cells);
    if (Number.isNaN(time)) return this.#rowWithoutTime(cells);
    const open = parseNumber(cells[columns.open] as string, decimalComma);
    const high = parseNumber(cells[columns.high] as string, decimalComma);
    const low = parseNumber(cells[columns.low] as string, decimalComma);
    const close = parseNumber(cells[columns.close] as string, decimalComma);
    if (Number.isNaN(open + high + low + close)) return this.#rowWithBadPrice(cells);
    // A date without a clock is midnight where it follows its neighbour (some programs leave 00:00:00 out), else its clock is missing.
    if (time % hourMs === 0 && form.lacksClock(cells) && !(Math.abs(time - this.#lastTime) <= hourMs)) return 'missing-cell';
    const volumeCell = columns.volume === undefined ? '' : (cells[columns.volume] as string);
    const volume = columns.volume === undefined ? 0 : parseNumber(volumeCell, decimalComma);
    if (Number.isNaN(volume) && !isMissing(volumeCell)) return 'not-a-number';
    this.#push(time, open, high, low, close, volume, line);
    if (this.head.length < headRows) this.head.push({ line, cells: [...cells] });
    return null;
  }

  #push(time: number, open: number, high: number, low: number, close: number, volume: number, line: number): void {
    this.#lastTime = time;
    this.#time.push(time);
    this.#open.push(open);
    this.#high.push(high);
    this.#low.push(low);
    this.#close.push(close);
    this.#volume.push(volume);
    this.#line.push(line);
  }

  #shortRow(cells: readonly string[]): FindingCode | 'stray' {
    if (this.#isHeader(cells)) return 'repeated-header';
    if (isText(cells)) return 'stray';
    return cells.some((cell) => cell.trim() !== '') ? 'truncated-line' : 'missing-cell';
  }

  #rowWithoutTime(cells: readonly string[]): FindingCode | 'stray' {
    if (this.#isHeader(cells)) return 'repeated-header';
    const { columns } = this.#layout;
    const timeCells = [columns.time, columns.date, columns.clock]
      .filter((column) => column !== undefined)
      .map((column) => cells[column] as string);
    if (timeCells.some(isMissing)) return 'missing-cell';
    const isBar = !Number.isNaN(parseNumber(cells[columns.open] as string, this.#layout.decimalComma));
    if (isBar) return 'not-a-number';
    return isText(cells) ? 'stray' : 'truncated-line';
  }

  #rowWithBadPrice(cells: readonly string[]): FindingCode {
    if (this.#isHeader(cells)) return 'repeated-header';
    const { columns } = this.#layout;
    const bad = [columns.open, columns.high, columns.low, columns.close].map((column) => cells[column] as string);
    return bad.some(isMissing) ? 'missing-cell' : 'not-a-number';
  }

  /**
   * The bars in file order; missing volumes are NaN. A last line that stops early is left out, because its last cell may be a piece only.
   * @param isOpen the file ends without a line end
   */
  finish(isOpen: boolean): Bars {
    this.footerLines = this.#stray.length;
    const last = this.#lastRow;
    if (last && this.#line.length > 0 && this.#line.last() === last.line && isCutInside(last.cells, this.head, this.#layout.width, isOpen))
      this.#takeBack(last.line);
    return {
      time: this.#time.finish(),
      open: this.#open.finish(),
      high: this.#high.finish(),
      low: this.#low.finish(),
      close: this.#close.finish(),
      volume: this.#layout.columns.volume === undefined ? null : this.#volume.finish(),
      line: this.#line.finish(),
    };
  }

  #takeBack(line: number): void {
    for (const column of [this.#time, this.#open, this.#high, this.#low, this.#close, this.#volume, this.#line]) column.pop();
    this.#tally.add('truncated-line', 'drop', line);
  }
}

/** Words rather than a piece of a bar, which begins with a digit. */
const isText = (cells: readonly string[]): boolean => {
  const first = cells.find((cell) => cell.trim() !== '')?.trim() ?? '';
  return first !== '' && !/^["'(]?[-+\d０-９]/.test(first);
};
