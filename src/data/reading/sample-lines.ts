/** Whole lines from the beginning and from places spread over the file: what is ambiguous in its first lines often is not later. */
import type { Encoding } from '../table-format.ts';
import { unifyLineEnds } from './line-ends.ts';

const headBytes = 262_144;
const pieceBytes = 16_384;
const pieces = 12;

/** First bytes of a file and pieces of the rest, in order. */
export interface FilePieces {
  readonly head: Uint8Array;
  readonly rest: readonly Uint8Array[];
  /** Bytes of the whole file. */
  readonly size: number;
}

/** Even offsets, so that two-byte encodings stay aligned. */
function pieceStarts(size: number): number[] {
  const span = size - headBytes - pieceBytes;
  return span > 0 ? Array.from({ length: pieces }, (_, i) => headBytes + 2 * Math.floor((span * i) / (pieces - 1) / 2)) : [];
}

/** `bytes` is not copied. */
export function samplePieces(bytes: Uint8Array): FilePieces {
  const rest = pieceStarts(bytes.length).map((start) => bytes.subarray(start, start + pieceBytes));
  return { head: bytes.subarray(0, headBytes), rest, size: bytes.length };
}

/** The same from a file that is not read whole. */
export async function readPieces(file: Blob): Promise<FilePieces> {
  const at = async (start: number, end: number) => new Uint8Array(await file.slice(start, end).arrayBuffer());
  const starts = pieceStarts(file.size);
  const rest = await Promise.all(starts.map((start) => at(start, start + pieceBytes)));
  return { head: await at(0, headBytes), rest, size: file.size };
}

/** @returns the head's lines (the last is left out when it may be cut) and the whole lines of the other pieces */
export function sampleLines({ head, rest, size }: FilePieces, encoding: Encoding): { head: string[]; elsewhere: string[] } {
  const text = unifyLineEnds(new TextDecoder(encoding).decode(head));
  const headLines = text.split('\n');
  if (size > head.length && headLines.length > 1) headLines.pop();
  const elsewhere = rest.flatMap((piece) => unifyLineEnds(new TextDecoder(encoding).decode(piece)).split('\n').slice(1, -1));
  return { head: headLines.slice(0, 4000), elsewhere };
}
