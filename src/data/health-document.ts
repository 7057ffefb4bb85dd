/** The health report as the document `health.json`: how the file was understood, its first and last bar, and every finding. */
import type { DatasetSummary } from './dataset.ts';
import type { FindingAction, FindingCode } from './finding.ts';
import type { ColumnRole } from './table-format.ts';

/** `columns` holds 0-based columns; a time split over two columns is `[date, clock]`. Times are ISO, UTC as written. */
export interface HealthDocument {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: DatasetSummary['rows'];
  readonly encoding: string;
  readonly delimiter: string;
  readonly header: boolean;
  readonly skippedLines: number;
  readonly footerLines: number;
  readonly decimalComma: boolean;
  readonly columnNames: readonly string[];
  readonly columns: Readonly<Partial<Record<ColumnRole, number | readonly number[]>>>;
  readonly timeFormat: string;
  readonly order: 'ascending' | 'descending';
  readonly intervalSeconds: number;
  readonly firstTime: string;
  readonly lastTime: string;
  /** [open, high, low, close, volume] */
  readonly firstBar: readonly number[];
  readonly lastBar: readonly number[];
  readonly findings: readonly {
    readonly code: FindingCode;
    readonly count: number;
    readonly lines: readonly number[];
    readonly action: FindingAction;
    readonly parameters: Readonly<Record<string, string | number>>;
  }[];
}

export function healthDocument(summary: DatasetSummary): HealthDocument {
  const { format } = summary;
  const { time, date, clock, ...values } = format.columns;
  const ownTime = date === undefined || clock === undefined ? time : [date, clock];
  return {
    file: summary.name,
    bytes: summary.bytes,
    sha256: summary.id,
    rows: summary.rows,
    encoding: format.encoding,
    delimiter: format.delimiter,
    header: format.header,
    skippedLines: format.skippedLines,
    footerLines: format.footerLines ?? 0,
    decimalComma: format.decimalComma,
    columnNames: format.columnNames,
    columns: { ...(ownTime === undefined ? {} : { time: ownTime }), ...values },
    timeFormat: format.timeFormat,
    order: format.order,
    intervalSeconds: summary.intervalSeconds,
    firstTime: new Date(summary.firstTime).toISOString(),
    lastTime: new Date(summary.lastTime).toISOString(),
    firstBar: summary.firstBar,
    lastBar: summary.lastBar,
    findings: summary.findings.map(({ code, count, lines, action, parameters }) => ({ code, count, lines, action, parameters })),
  };
}
