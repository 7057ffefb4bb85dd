/** How a file's table is written: encoding, columns, times, numbers, order. */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';
export type ColumnRole = 'time' | 'date' | 'clock' | 'open' | 'high' | 'low' | 'close' | 'volume';

/** How the file's text was understood. */
export interface TableFormat {
  readonly encoding: Encoding;
  /** `,` `;` tab `|` or space. */
  readonly delimiter: string;
  readonly header: boolean;
  /** Lines before the first bar that are neither header nor bars (titles, URLs). */
  readonly skippedLines: number;
  /** Lines of text after the last bar (sources, totals); like the titles before the first they are no rows. */
  readonly footerLines?: number | undefined;
  /** Column names as written, or `column 1`… without a header. */
  readonly columnNames: readonly string[];
  /** 0-based column of each role that was found. */
  readonly columns: Readonly<Partial<Record<ColumnRole, number>>>;
  /** e.g. `YYYY.MM.DD HH:mm`, `epoch-ms`, `iso`. */
  readonly timeFormat: string;
  readonly decimalComma: boolean;
  readonly order: 'ascending' | 'descending';
}
