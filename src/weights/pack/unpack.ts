/**
 * Opens a zip as a stream, trusting nothing it says about itself: names are checked before a byte is inflated, sizes are counted as the
 * bytes come out, and what is too much, unsafe or twice ends the reading at once.
 */
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { documentLimit, entryLimit, isReadEntry, isSafeName, readEntries, totalLimit } from './entries.ts';
import { refusePack } from './refuse.ts';

export interface Limits {
  /** Bytes that one entry may unpack to. */
  readonly entry: (name: string) => number;
  readonly total: number;
  readonly count: number;
}

export const packLimits: Limits = {
  entry: (name) => (isReadEntry(name) ? readEntries[name] : documentLimit),
  total: totalLimit,
  count: entryLimit,
};

/** A piece this small inflates to 64 MiB at the very most before it is counted. */
const pieceBytes = 65_536;
const zipStart = [0x50, 0x4b, 0x03, 0x04];

interface Collected {
  readonly chunks: Uint8Array[];
  bytes: number;
  whole: boolean;
}

const joined = ({ chunks, bytes }: Collected): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
};

/** Entries by name. @throws StudioError `invalid-pack` */
export async function unpack(file: Blob, limits: Limits = packLimits): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (zipStart.some((byte, i) => start[i] !== byte)) refusePack('not-a-pack');
  const found = new Map<string, Collected>();
  let total = 0;

  const take = (entry: UnzipFile): void => {
    const { name } = entry;
    if (!isSafeName(name)) refusePack('unsafe-name', name);
    if (found.has(name)) refusePack('twice', name);
    if (found.size === limits.count) refusePack('too-many');
    const collected: Collected = { chunks: [], bytes: 0, whole: false };
    found.set(name, collected);
    entry.ondata = (error, chunk, final) => {
      if (error) throw error;
      collected.bytes += chunk.length;
      total += chunk.length;
      if (collected.bytes > limits.entry(name) || total > limits.total) refusePack('too-large', name);
      if (chunk.length > 0) collected.chunks.push(chunk.slice());
      collected.whole ||= final;
    };
    entry.start();
  };

  const zip = new Unzip(take);
  zip.register(UnzipInflate);
  for (let at = 0; at < file.size; at += pieceBytes) {
    const piece = new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer());
    try {
      zip.push(piece, at + pieceBytes >= file.size);
    } catch (thrown) {
      if (thrown instanceof Error && thrown.name === 'StudioError') throw thrown;
      refusePack('damaged', '', thrown instanceof Error ? thrown.message : String(thrown));
    }
  }
  for (const [name, { whole }] of found) if (!whole) refusePack('damaged', name, 'the entry ends too early');
  return new Map([...found].map(([name, collected]) => [name, joined(collected)]));
}
