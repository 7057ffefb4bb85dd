/** The bytes of a file as rows of cells, a chunk at a time, with a pause between chunks in which a worker can hear `cancel`. */
import { StudioError } from '../../lib/errors.ts';
import type { Encoding } from '../table-format.ts';
import { type CellFormat, visitRows } from './cells.ts';
import { unifyLineEnds } from './line-ends.ts';

const chunkBytes = 1 << 20;

export interface RowChunk {
  /** Bytes consumed so far. */
  readonly bytes: number;
}

/**
 * @param visit gets each row with its 0-based line
 * @throws StudioError `reading-cancelled` when the signal aborts
 */
export async function* readRows(
  bytes: Uint8Array,
  encoding: Encoding,
  format: CellFormat,
  signal: AbortSignal | undefined,
  visit: (cells: readonly string[], line: number) => void,
): AsyncGenerator<RowChunk> {
  const decoder = new TextDecoder(encoding);
  let carried = '';
  let firstLine = 0;
  for (let at = 0; at < bytes.length; ) {
    if (signal?.aborted) throw new StudioError('reading-cancelled');
    const end = endOfChunk(bytes, at, encoding);
    const last = end === bytes.length;
    const decoded = decoder.decode(bytes.subarray(at, end), { stream: !last });
    let text = carried === '' ? decoded : carried + decoded;
    // A carriage return at the very end may be half of a line end.
    const half = !last && text.endsWith('\r') ? '\r' : '';
    if (half) text = text.slice(0, -1);
    if (strayReturn.test(text)) text = unifyLineEnds(text);
    const cut = last ? text.length : text.lastIndexOf('\n');
    carried = last ? '' : text.slice(cut + 1) + half;
    if (cut >= 0) {
      const first = firstLine;
      firstLine += visitRows(text.slice(0, cut), format, (cells, index) => visit(cells, first + index));
    }
    yield { bytes: end };
    at = end;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** A carriage return that ends a line by itself; `\r\n` needs no change. */
const strayReturn = /\r(?!\n)/;

/** A chunk ends with a line where the encoding lets that be seen in the bytes, so that no text has to be carried over. */
function endOfChunk(bytes: Uint8Array, start: number, encoding: Encoding): number {
  const end = Math.min(bytes.length, start + chunkBytes);
  if (end === bytes.length || encoding.startsWith('utf-16')) return end;
  const lineEnd = bytes.subarray(start, end).lastIndexOf(10);
  return lineEnd < 0 ? end : start + lineEnd + 1;
}
