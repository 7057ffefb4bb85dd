/** A file of K-lines to a data set: what it is, how it is written, its bars, and its health report. Runs in the worker and in Node alike. */
import { StudioError } from '../lib/errors.ts';
import type { Bars } from './bars.ts';
import { thinCandles } from './candles.ts';
import type { Dataset, DatasetSummary } from './dataset.ts';
import { examine, fewestBars } from './health/examine.ts';
import { drawPictures } from './health/pictures.ts';
import { Tally } from './health/tally.ts';
import type { ChosenActions, Mapping } from './mapping.ts';
import { BarReader } from './reading/bar-reader.ts';
import { detectEncoding } from './reading/encoding.ts';
import { refuseBinary, refuseOtherText } from './reading/file-kind.ts';
import { readRows } from './reading/read-rows.ts';
import { sampleLines, samplePieces } from './reading/sample-lines.ts';
import { sha256 } from './reading/sha256.ts';
import { detectLayout, type TableLayout } from './reading/table-layout.ts';
import type { Encoding, TableFormat } from './table-format.ts';

export interface ReadOptions {
  /** Called after every chunk of about 1 MB: bytes read, bytes in all, bars so far. */
  onProgress(bytes: number, total: number, rows: number): void;
  readonly signal?: AbortSignal | undefined;
  /** What a person corrected about the reading, and what is to be done about problems. */
  readonly mapping?: Mapping | undefined;
  readonly actions?: ChosenActions | undefined;
}

/**
 * @throws StudioError `empty-file`, `not-text`, `image-file`, `json-file`, `archive-file`, `not-a-table`, `no-time-column`,
 * `unreadable-time`, `missing-columns`, `tick-data`, `too-few-bars` or `reading-cancelled`
 */
export async function readFile(file: Blob, name: string, options: ReadOptions): Promise<Dataset> {
  if (file.size === 0) throw new StudioError('empty-file');
  // One copy of the bytes: the hash needs them whole, and decoding takes views of them.
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (options.signal?.aborted) throw new StudioError('reading-cancelled');
  const { mapping = {}, actions } = options;
  const encoding = mapping.encoding ?? detectText(bytes);
  const { head, elsewhere } = sampleLines(samplePieces(bytes), encoding);
  refuseOtherText(head.join('\n').slice(0, 20_000));
  const layout = detectLayout(head, elsewhere, mapping);
  const hash = sha256(bytes);
  const tally = new Tally();
  const reader = new BarReader(layout, tally);
  const visit = (cells: readonly string[], line: number): void => {
    if (line >= layout.firstLine) reader.add(cells, line + 1);
  };
  for await (const chunk of readRows(bytes, encoding, layout.cells, options.signal, visit)) {
    options.onProgress(chunk.bytes, bytes.length, reader.kept);
  }
  const read = reader.finish(isOpen(bytes, encoding));
  const { bars, order, intervalMs } = examine(read, tally, { order: mapping.order, actions });
  if (bars.time.length < fewestBars) throw new StudioError('too-few-bars', { bars: bars.time.length, needed: fewestBars });
  const format = { ...describeFormat(layout, encoding), footerLines: reader.footerLines, order };
  const id = await hash;
  const summary = summarize({ id, name, bytes: bytes.length, format, reader, read, bars, intervalMs, tally });
  return { bars, summary: { ...summary, choices: { mapping, actions: actions ?? {} } } };
}

/** Whether the last line lacks its end. */
function isOpen(bytes: Uint8Array, encoding: Encoding): boolean {
  const last = bytes[bytes.length - (encoding === 'utf-16le' ? 2 : 1)];
  return last !== 10 && last !== 13;
}

/** @throws StudioError when the bytes are no text */
function detectText(bytes: Uint8Array): Encoding {
  const { head, rest } = samplePieces(bytes);
  refuseBinary(head);
  const encoding = detectEncoding(head, rest);
  if (!encoding.startsWith('utf-16') && head.subarray(0, 4096).includes(0)) throw new StudioError('not-text', { kind: '' });
  return encoding;
}

const describeFormat = (layout: TableLayout, encoding: Encoding): Omit<TableFormat, 'order'> => ({
  encoding,
  delimiter: layout.cells.delimiter,
  header: layout.headerLine >= 0,
  skippedLines: layout.skippedLines,
  columnNames: layout.columnNames,
  columns: layout.columns,
  timeFormat: layout.time.label,
  decimalComma: layout.decimalComma,
});

interface Parts {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly format: TableFormat;
  readonly reader: BarReader;
  /** In file order, times as written. */
  readonly read: Bars;
  readonly bars: Bars;
  readonly intervalMs: number;
  readonly tally: Tally;
}

function summarize({ id, name, bytes, format, reader, read, bars, intervalMs, tally }: Parts): DatasetSummary {
  const kept = bars.time.length;
  const findings = tally.findings();
  const lastHeadLine = reader.head.at(-1)?.line ?? 0;
  const keptLines = new Set(bars.line.filter((line) => line <= lastHeadLine));
  return {
    id,
    name,
    bytes,
    rows: { read: reader.read, kept, dropped: reader.read - kept },
    format,
    intervalSeconds: intervalMs / 1000,
    firstTime: writtenTime(read, bars.line[0] as number),
    lastTime: writtenTime(read, bars.line[kept - 1] as number),
    firstBar: barAt(bars, 0),
    lastBar: barAt(bars, kept - 1),
    findings,
    pictures: drawPictures(read, bars, findings),
    head: reader.head
      .filter(({ line }) => keptLines.has(line))
      .slice(0, 10)
      .map(({ cells }) => cells),
    candles: thinCandles(bars),
  };
}

/** The time as the file writes it in a line; evenings under the next day's date were moved in the bars themselves. */
function writtenTime({ line, time }: Bars, wanted: number): number {
  let [low, high] = [0, line.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((line[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return time[low] as number;
}

const barAt = ({ open, high, low, close, volume }: Bars, row: number): number[] => [
  open[row] as number,
  high[row] as number,
  low[row] as number,
  close[row] as number,
  volume ? (volume[row] as number) : 0,
];
