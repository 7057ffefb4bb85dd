/**
 * The safetensors format: an 8-byte little-endian header length, a JSON header, then the tensors' bytes without gaps.
 * Reading makes every check of the reference reader; a file that fails one is refused whole.
 */
import { StudioError } from '../lib/errors.ts';
import type { IntegerTensor, NamedTensor } from '../models/named-tensor.ts';
import { duplicateKey } from './duplicate-key.ts';

export type { IntegerTensor, NamedTensor };

/** Bytes of one value. Types that are read; the reference knows more, which no model here uses. */
const typeBytes = { F32: 4, I32: 4, I64: 8 } as const;
type TensorType = keyof typeof typeBytes;

const lengthBytes = 8;
const maxHeaderBytes = 100_000_000;
const openingBrace = 0x7b;
const metadataKey = '__metadata__';

function refuse(reason: string, detail: string): never {
  throw new StudioError('invalid-weights', { reason }, detail);
}

/** Number of values of a shape, or null where a size is not a natural number or the product cannot be counted exactly. */
function sizeOf(shape: readonly unknown[]): number | null {
  let size = 1;
  for (const length of shape) {
    if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) return null;
    size *= length;
    if (!Number.isSafeInteger(size)) return null;
  }
  return size;
}

const typeOf = (data: Float32Array | Int32Array | BigInt64Array): TensorType =>
  data instanceof Float32Array ? 'F32' : data instanceof Int32Array ? 'I32' : 'I64';

/**
 * Tensors and texts as one file. The file is allocated once and each tensor copied into it once; eight-byte types go first
 * so that all are aligned, otherwise the order is kept.
 * @throws StudioError `invalid-weights` for a repeated or reserved name or a shape that does not fit its values.
 */
export function packSafetensors(
  tensors: readonly (NamedTensor | IntegerTensor)[],
  metadata: Readonly<Record<string, string>>,
): ArrayBuffer {
  const ordered = tensors.toSorted((a, b) => typeBytes[typeOf(b.data)] - typeBytes[typeOf(a.data)]);
  const names = new Set<string>([metadataKey]);
  // Entries are written as text, never as properties, so that a name like `__proto__` is only a name.
  const entries = [`${JSON.stringify(metadataKey)}:${JSON.stringify(metadata)}`];
  let offset = 0;
  for (const { name, shape, data } of ordered) {
    if (names.has(name)) refuse('duplicate-name', `tensor name ${JSON.stringify(name)} is taken`);
    names.add(name);
    if (sizeOf(shape) !== data.length) refuse('shape', `${name}: shape [${shape}] does not hold ${data.length} values`);
    const end = offset + data.byteLength;
    entries.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype: typeOf(data), shape, data_offsets: [offset, end] })}`);
    offset = end;
  }
  const json = new TextEncoder().encode(`{${entries.join(',')}}`);
  const headerBytes = Math.ceil(json.length / lengthBytes) * lengthBytes;
  const bytes = new ArrayBuffer(lengthBytes + headerBytes + offset);
  new DataView(bytes).setBigUint64(0, BigInt(headerBytes), true);
  new Uint8Array(bytes, lengthBytes, headerBytes).fill(0x20).set(json);
  let position = lengthBytes + headerBytes;
  for (const { data } of ordered) {
    new Uint8Array(bytes, position, data.byteLength).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    position += data.byteLength;
  }
  return bytes;
}

export interface SafetensorsFile {
  /** F32 tensors in the order of their bytes: views on the given buffer where it is aligned, copies otherwise. */
  readonly tensors: NamedTensor[];
  /** I32 and I64 tensors, in the same way. */
  readonly integers: IntegerTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a whole file.
 * @throws StudioError `invalid-weights` with `reason`: `truncated`, `header`, `duplicate-name`, `metadata`, `type`, `shape`,
 * `offsets` or `length`.
 */
export function readSafetensors(bytes: ArrayBuffer): SafetensorsFile {
  const { header, dataStart } = readHeader(bytes);
  const entries: Entry[] = [];
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === metadataKey) metadata = readMetadata(value);
    else entries.push(readEntry(name, value));
  }
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  let expected = 0;
  for (const { name, start, end } of entries) {
    if (start !== expected) refuse('offsets', `${name} starts at ${start}, expected ${expected}`);
    expected = end;
  }
  if (dataStart + expected !== bytes.byteLength)
    refuse('length', `the tensors end at byte ${dataStart + expected}, the file at ${bytes.byteLength}`);
  const tensors: NamedTensor[] = [];
  const integers: IntegerTensor[] = [];
  for (const { name, type, shape, start, end } of entries) {
    const at = dataStart + start;
    const aligned = at % typeBytes[type] === 0;
    const place = [aligned ? bytes : bytes.slice(at, dataStart + end), aligned ? at : 0, (end - start) / typeBytes[type]] as const;
    if (type === 'F32') tensors.push({ name, shape, data: new Float32Array(...place) });
    else integers.push({ name, shape, data: type === 'I32' ? new Int32Array(...place) : new BigInt64Array(...place) });
  }
  return { tensors, integers, metadata };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readHeader(bytes: ArrayBuffer): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.byteLength < lengthBytes) refuse('truncated', `${bytes.byteLength} bytes hold no header length`);
  const headerBytes = new DataView(bytes).getBigUint64(0, true);
  if (headerBytes > BigInt(maxHeaderBytes)) refuse('header', `the header claims ${headerBytes} bytes`);
  const dataStart = lengthBytes + Number(headerBytes);
  if (dataStart > bytes.byteLength) refuse('truncated', `the header ends at byte ${dataStart}, the file at ${bytes.byteLength}`);
  const encoded = new Uint8Array(bytes, lengthBytes, Number(headerBytes));
  if (encoded[0] !== openingBrace) refuse('header', 'the header does not begin with {');
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(encoded);
    header = JSON.parse(text);
  } catch (error) {
    refuse('header', error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(header)) refuse('header', 'the header is not an object');
  const repeated = duplicateKey(text);
  if (repeated !== null) refuse('duplicate-name', `${JSON.stringify(repeated)} occurs twice`);
  return { header, dataStart };
}

function readMetadata(value: unknown): Readonly<Record<string, string>> {
  const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
  if (!isRecord(value)) refuse('metadata', 'the metadata is not an object');
  const entries = Object.entries(value);
  if (!entries.every(isText)) refuse('metadata', 'a metadata value is not a text');
  return Object.fromEntries(entries);
}

function readEntry(name: string, value: unknown): Entry {
  if (!isRecord(value)) refuse('header', `${name} is not an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !Object.hasOwn(typeBytes, dtype)) refuse('type', `${name} has the type ${String(dtype)}`);
  const type = dtype as TensorType;
  const size = Array.isArray(shape) ? sizeOf(shape) : null;
  if (size === null || !Number.isSafeInteger(size * typeBytes[type])) refuse('shape', `${name} has the shape ${JSON.stringify(shape)}`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || sizeOf([offsets[0]]) === null || sizeOf([offsets[1]]) === null)
    refuse('offsets', `${name} has the offsets ${JSON.stringify(offsets)}`);
  const [start, end] = offsets as [number, number];
  if (end - start !== size * typeBytes[type])
    refuse('shape', `${name}: [${String(shape)}] of ${type} does not fill the bytes ${start} to ${end}`);
  return { name, type, shape: shape as number[], start, end };
}
