/**
 * A text and arrays of floats as one file that tells whether it is whole: sizes, a sequence number and two checksums in front, then the
 * text with the table of arrays, then the arrays. A file cut or changed at any byte is recognised.
 */
import { sha256 } from '../data/reading/sha256.ts';
import type { PackedArray } from '../training/run-checkpoint.ts';
import type { Folder } from './folder.ts';

export interface Frame {
  /** The larger is the newer. */
  readonly sequence: number;
  readonly text: string;
  readonly arrays: readonly PackedArray[];
}

/** The front of a frame, checked by itself. */
export interface FrameHead {
  readonly sequence: number;
  readonly text: string;
  /** Of the whole file. */
  readonly bytes: number;
}

const magic = 'KLSTATE1';
const digestLength = 64;
/** Magic, length of the text part, 4 bytes unused, length of the arrays, sequence; then the checksum of the arrays and that of all before. */
const fixed = 32;
const frontLength = fixed + 2 * digestLength;
const alignment = 8;
const aligned = (length: number): number => Math.ceil(length / alignment) * alignment;

const types = { F32: Float32Array, F64: Float64Array } as const;
type ArrayType = keyof typeof types;

interface Inner {
  readonly text: string;
  readonly arrays: readonly { readonly name: string; readonly type: ArrayType; readonly length: number }[];
}

const typeOf = (data: PackedArray['data']): ArrayType => (data instanceof Float64Array ? 'F64' : 'F32');
const ascii = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** What the second checksum is over: the fixed part, the first checksum, and the text part. */
async function headDigest(file: Uint8Array<ArrayBuffer>, textLength: number): Promise<string> {
  const covered = new Uint8Array(fixed + digestLength + textLength);
  covered.set(file.subarray(0, fixed + digestLength));
  covered.set(file.subarray(frontLength, frontLength + textLength), fixed + digestLength);
  return sha256(covered);
}

export async function packFrame({ sequence, text, arrays }: Frame): Promise<Uint8Array<ArrayBuffer>> {
  const inner: Inner = { text, arrays: arrays.map(({ name, data }) => ({ name, type: typeOf(data), length: data.length })) };
  const encoded = new TextEncoder().encode(JSON.stringify(inner));
  const start = aligned(frontLength + encoded.length);
  const bodyLength = arrays.reduce((sum, { data }) => sum + aligned(data.byteLength), 0);
  const file = new Uint8Array(start + bodyLength);
  const view = new DataView(file.buffer);
  file.set(ascii(magic));
  view.setUint32(8, encoded.length, true);
  view.setBigUint64(16, BigInt(bodyLength), true);
  view.setBigUint64(24, BigInt(sequence), true);
  file.set(encoded, frontLength);
  let at = start;
  for (const { data } of arrays) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += aligned(data.byteLength);
  }
  file.set(ascii(await sha256(file.subarray(start))), fixed);
  file.set(ascii(await headDigest(file, encoded.length)), fixed + digestLength);
  return file;
}

interface Checked {
  readonly head: FrameHead;
  readonly inner: Inner;
  readonly start: number;
  readonly bodyDigest: string;
}

/** @param file at least the front and the text part; null where they are not whole or the file has not `size` bytes */
async function checkHead(file: Uint8Array<ArrayBuffer>, size: number): Promise<Checked | null> {
  if (file.length < frontLength || new TextDecoder().decode(file.subarray(0, magic.length)) !== magic) return null;
  const view = new DataView(file.buffer, file.byteOffset);
  const textLength = view.getUint32(8, true);
  const start = aligned(frontLength + textLength);
  if (file.length < frontLength + textLength || BigInt(size) !== BigInt(start) + view.getBigUint64(16, true)) return null;
  const text = (from: number, length: number): string => new TextDecoder().decode(file.subarray(from, from + length));
  if (text(fixed + digestLength, digestLength) !== (await headDigest(file, textLength))) return null;
  // From here on the text is what was written.
  const inner = JSON.parse(text(frontLength, textLength)) as Inner;
  const head = { sequence: Number(view.getBigUint64(24, true)), text: inner.text, bytes: size };
  return { head, inner, start, bodyDigest: text(fixed, digestLength) };
}

/** The front alone, without reading the arrays; null where there is no file or it is not whole. */
export async function readFrameHead(folder: Folder, name: string): Promise<FrameHead | null> {
  const size = await folder.size(name);
  const front = size === null ? null : await folder.read(name, 0, frontLength);
  if (size === null || !front || front.length < frontLength) return null;
  const textLength = new DataView(front.buffer, front.byteOffset).getUint32(8, true);
  const part = await folder.read(name, 0, Math.min(size, frontLength + textLength));
  return part && ((await checkHead(part, size))?.head ?? null);
}

/** The whole frame, its arrays views on what was read; null where there is no file or a byte of it is wrong. */
export async function readFrame(folder: Folder, name: string): Promise<Frame | null> {
  const file = await folder.read(name);
  const checked = file && (await checkHead(file, file.length));
  if (!file || !checked) return null;
  const { head, inner, start, bodyDigest } = checked;
  if ((await sha256(file.subarray(start))) !== bodyDigest) return null;
  let at = file.byteOffset + start;
  const arrays = inner.arrays.map(({ name: own, type, length }): PackedArray => {
    const data = new types[type](file.buffer, at, length);
    at += aligned(data.byteLength);
    return { name: own, data };
  });
  return { sequence: head.sequence, text: head.text, arrays };
}
