/** The bytes of a file as rows of cells, a chunk at a time, with a pause between chunks in which a worker can hear `cancel`. */
import { StudioError } from '../../lib/errors.ts';
import type { Encoding } from '../dataset.ts';
import { type CellFormat, cutCells } from './cells.ts';
import { unifyLineEnds } from './sample-lines.ts';

const chunkBytes = 1 << 20;

export interface RowChunk {
  readonly rows: readonly (readonly string[])[];
  /** 0-based line of the first row. */
  readonly firstLine: number;
  /** Bytes consumed so far. */
  readonly bytes: number;
}

/** @throws StudioError `reading-cancelled` when the signal aborts. */
export async function* readRows(
  bytes: Uint8Array,
  encoding: Encoding,
  format: CellFormat,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowChunk> {
  const decoder = new TextDecoder(encoding);
  let carried = '';
  let firstLine = 0;
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    if (signal?.aborted) throw new StudioError('reading-cancelled');
    const end = Math.min(bytes.length, at + chunkBytes);
    const last = end === bytes.length;
    let text = carried + decoder.decode(bytes.subarray(at, end), { stream: !last });
    // A carriage return at the very end may be half of a line end.
    const half = !last && text.endsWith('\r') ? '\r' : '';
    text = unifyLineEnds(half ? text.slice(0, -1) : text);
    const cut = last ? text.length : text.lastIndexOf('\n');
    carried = last ? '' : text.slice(cut + 1) + half;
    if (cut >= 0) {
      const rows = cutCells(text.slice(0, cut), format);
      yield { rows, firstLine, bytes: end };
      firstLine += rows.length;
    } else yield { rows: [], firstLine, bytes: end };
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
