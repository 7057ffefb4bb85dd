/** A read file: its bars, how it was understood, and what was found in it. The worker keeps the bars; the page gets the summary. */
import type { Bars } from './bars.ts';
import type { Finding } from './finding.ts';

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

/** Candles thinned for drawing (at most about 1,500): each is the open, high, low, close of consecutive bars. */
export interface CandlePreview {
  readonly barsPerCandle: number;
  /** Seconds since the epoch. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array | null;
}

export interface DatasetSummary {
  /** SHA-256 of the file's bytes, hex. */
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly rows: { readonly read: number; readonly kept: number; readonly dropped: number };
  readonly format: TableFormat;
  readonly intervalSeconds: number;
  /** Milliseconds since the epoch. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** [open, high, low, close, volume]; volume 0 where there is none. */
  readonly firstBar: readonly number[];
  readonly lastBar: readonly number[];
  readonly findings: readonly Finding[];
  /** First ten kept bars as the file wrote them, cell by cell. */
  readonly head: readonly (readonly string[])[];
  readonly candles: CandlePreview;
}

export interface Dataset {
  readonly summary: DatasetSummary;
  readonly bars: Bars;
}
