/** What the mapping screen shows of a file before it is read: its first lines, the guess about each question, and the first bars under it. */

import type { Failure } from '../lib/errors.ts';
import type { Mapping } from './mapping.ts';
import type { ColumnRole, Encoding, TableFormat } from './table-format.ts';

export interface PreviewRow {
  /** 1-based line in the file. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The line under the mapping: `bar` holds time (ms), open, high, low, close, volume; null where it is no bar. */
  readonly bar: readonly number[] | null;
}

/** How the file is understood under a mapping; `null` where that question could not be answered. */
export interface Guess {
  readonly encoding: Encoding;
  readonly delimiter: string | null;
  /** 1-based; 0 without a header. */
  readonly headerLine: number | null;
  readonly columnNames: readonly string[];
  readonly columns: Readonly<Partial<Record<ColumnRole, number>>>;
  readonly timeFormat: string | null;
  /** The cells name their zone themselves. */
  readonly hasZone: boolean;
  readonly order: TableFormat['order'] | null;
  readonly decimalComma: boolean | null;
}

export interface FilePreview {
  readonly name: string;
  readonly bytes: number;
  readonly mapping: Mapping;
  readonly rows: readonly PreviewRow[];
  readonly guess: Guess;
  /** Why the file could not be read under this mapping, or null. */
  readonly failure: Failure | null;
}
