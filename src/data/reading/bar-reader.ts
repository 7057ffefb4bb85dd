/** Rows of cells to columns of bars. A row that cannot be a bar is left out and counted under the reason. */
import type { Bars } from '../bars.ts';
import type { Tally } from '../health/tally.ts';
import { roleOfName } from './column-names.ts';
import { doubles, words } from './growable-columns.ts';
import { isMissing, parseNumber } from './number-cell.ts';
import type { TableLayout } from './table-layout.ts';

const headRows = 400;
const hourMs = 3_600_000;

export class BarReader {
  /** Non-empty lines from the first bar on. */
  read = 0;
  /** Lines after the last bar that were none. */
  footerLines = 0;
  /** First rows as the file wrote them, by line. */
  readonly head: { readonly line: number; readonly cells: readonly string[] }[] = [];
  readonly #layout: TableLayout;
  readonly #tally: Tally;
  /** Cells a row must have. */
  readonly #width: number;
  readonly #time = doubles();
  readonly #open = doubles();
  readonly #high = doubles();
  readonly #low = doubles();
  readonly #close = doubles();
  readonly #volume = doubles();
  readonly #line = words();
  #lastTime = Number.NaN;

  constructor(layout: TableLayout, tally: Tally) {
    this.#layout = layout;
    this.#tally = tally;
    this.#width = 1 + Math.max(...Object.values(layout.columns));
  }

  get kept(): number {
    return this.#time.length;
  }

  /** @param line 1-based */
  add(cells: readonly string[], line: number): void {
    if (cells.length === 1 && (cells[0] as string).trim() === '') return;
    this.read++;
    if (this.#addBar(cells, line)) this.footerLines = 0;
    else this.footerLines++;
  }

  #addBar(cells: readonly string[], line: number): boolean {
    const { columns, decimalComma } = this.#layout;
    if (cells.length < this.#width)
      return this.#refuse(cells, line, cells.some((cell) => cell.trim() !== '') ? 'truncated-line' : 'missing-cell');
    const time = this.#layout.time.read(cells);
    if (Number.isNaN(time)) return this.#refuseBadTime(cells, line);
    const open = parseNumber(cells[columns.open] as string, decimalComma);
    const high = parseNumber(cells[columns.high] as string, decimalComma);
    const low = parseNumber(cells[columns.low] as string, decimalComma);
    const close = parseNumber(cells[columns.close] as string, decimalComma);
    if (Number.isNaN(open + high + low + close)) {
      const bad = [columns.open, columns.high, columns.low, columns.close].map((column) => cells[column] as string);
      return this.#refuse(cells, line, bad.some(isMissing) ? 'missing-cell' : 'not-a-number');
    }
    if (time % hourMs === 0 && this.#isStrayStamp(cells, time)) return this.#refuse(cells, line, 'session-stamp');
    const volumeCell = columns.volume === undefined ? '' : (cells[columns.volume] as string);
    const volume = columns.volume === undefined ? 0 : parseNumber(volumeCell, decimalComma);
    if (Number.isNaN(volume) && !isMissing(volumeCell)) return this.#refuse(cells, line, 'not-a-number');
    this.#push(time, open, high, low, close, volume, line);
    if (this.head.length < headRows) this.head.push({ line, cells: [...cells] });
    return true;
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

  /** A date without a clock is midnight where it follows its neighbour (some programs leave 00:00:00 out), else a mark of a whole session. */
  #isStrayStamp(cells: readonly string[], time: number): boolean {
    return this.#layout.time.lacksClock(cells) && !(Math.abs(time - this.#lastTime) <= hourMs);
  }

  #refuseBadTime(cells: readonly string[], line: number): false {
    const { columns } = this.#layout;
    const timeCells = [columns.time, columns.date, columns.clock]
      .filter((column) => column !== undefined)
      .map((column) => cells[column] as string);
    const isBar = !Number.isNaN(parseNumber(cells[columns.open] as string, this.#layout.decimalComma));
    if (!isBar && !timeCells.some(isMissing)) return this.#refuse(cells, line, 'truncated-line');
    return this.#refuse(cells, line, timeCells.some(isMissing) ? 'missing-cell' : 'not-a-number');
  }

  #refuse(cells: readonly string[], line: number, code: 'truncated-line' | 'missing-cell' | 'not-a-number' | 'session-stamp'): false {
    const isHeader = code !== 'session-stamp' && isRepeatedHeader(cells);
    this.#tally.add(isHeader ? 'repeated-header' : code, 'drop', line);
    return false;
  }

  /** The bars in file order; missing volumes are NaN. */
  finish(): Bars {
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
}

const isRepeatedHeader = (cells: readonly string[]): boolean => new Set(cells.map(roleOfName).filter((role) => role !== null)).size >= 3;
