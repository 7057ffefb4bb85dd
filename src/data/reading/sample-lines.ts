/** Whole lines from the beginning and from places spread over the file: what is ambiguous in its first lines often is not later. */
import type { Encoding } from '../dataset.ts';
import { unifyLineEnds } from './line-ends.ts';

const headBytes = 262_144;
const pieceBytes = 16_384;
const pieces = 12;

/** First bytes of a file and pieces of the rest, in order; `bytes` is not copied. */
export function samplePieces(bytes: Uint8Array): { head: Uint8Array; rest: Uint8Array[] } {
  const head = bytes.subarray(0, headBytes);
  const rest: Uint8Array[] = [];
  const span = bytes.length - headBytes - pieceBytes;
  for (let i = 0; i < pieces && span > 0; i++) {
    // Even offsets, so that two-byte encodings stay aligned.
    const start = headBytes + 2 * Math.floor((span * i) / (pieces - 1) / 2);
    rest.push(bytes.subarray(start, start + pieceBytes));
  }
  return { head, rest };
}

/** @returns the head's lines (the last is left out when it may be cut) and the whole lines of the other pieces */
export function sampleLines(bytes: Uint8Array, encoding: Encoding): { head: string[]; elsewhere: string[] } {
  const { head, rest } = samplePieces(bytes);
  const text = unifyLineEnds(new TextDecoder(encoding).decode(head));
  const headLines = text.split('\n');
  if (bytes.length > head.length) headLines.pop();
  const elsewhere = rest.flatMap((piece) => unifyLineEnds(new TextDecoder(encoding).decode(piece)).split('\n').slice(1, -1));
  return { head: headLines.slice(0, 4000), elsewhere };
}
