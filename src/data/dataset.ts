/** A read file: its bars, how it was understood, and what was found in it. The worker keeps the bars; the page gets the summary. */
import type { Bars } from './bars.ts';
import type { Finding, HealthPictures } from './finding.ts';
import type { ReadingChoices } from './mapping.ts';
import type { TableFormat } from './table-format.ts';

/** Candles thinned for drawing (at most 700): each is the open, high, low, close of consecutive bars. */
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
  readonly pictures?: HealthPictures | undefined;
  /** What a person corrected before this was read. */
  readonly choices?: ReadingChoices | undefined;
  /** First ten kept bars as the file wrote them, cell by cell. */
  readonly head: readonly (readonly string[])[];
  readonly candles: CandlePreview;
}

export interface Dataset {
  readonly summary: DatasetSummary;
  readonly bars: Bars;
}
