/**
 * The safetensors format: an 8-byte little-endian header length, a JSON header, then the tensors' bytes without gaps.
 * Reading makes every check of the reference reader; a file that fails one is refused whole.
 */
import { StudioError } from '../lib/errors.ts';
import type { IntegerTensor, NamedTensor } from '../models/named-tensor.ts';
import { duplicateKey } from './duplicate-key.ts';
import { fromBrain, fromHalf, toHalf } from './half.ts';

export type { IntegerTensor, NamedTensor };

/** Bytes of one value. Types that are read; the reference knows more, which no model here uses. */
const typeBytes = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4 } as const;
type TensorType = keyof typeof typeBytes;
/** How the values of a float tensor are written. */
export type Precision = 'F32' | 'F16';

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

/** One tensor as its bytes. */
interface Encoded {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: TensorType;
  readonly bytes: Uint8Array;
}

function encode({ name, shape, data }: NamedTensor | IntegerTensor, precision: Precision): Encoded {
  if (sizeOf(shape) !== data.length) refuse('shape', `${name}: shape [${shape}] does not hold ${data.length} values`);
  const as = (type: TensorType, values: ArrayBufferView): Encoded => ({
    name,
    shape,
    type,
    bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  });
  if (!(data instanceof Float32Array)) return as(data instanceof Int32Array ? 'I32' : 'I64', data);
  if (precision === 'F32') return as('F32', data);
  const halves = toHalf(data);
  if (typeof halves === 'number')
    throw new StudioError('invalid-weights', { reason: 'half-range', name }, `${name}: ${data[halves]} is beyond 65504`);
  return as('F16', halves);
}

/**
 * Tensors and texts as one file. Each tensor is copied once into it; eight-byte types go first so that all are aligned, otherwise the
 * order is kept.
 * @param precision of float tensors; integers stay as they are
 * @throws StudioError `invalid-weights` for a repeated or reserved name, a shape that does not fit its values, or a value too large for F16
 */
export function packSafetensors(
  tensors: readonly (NamedTensor | IntegerTensor)[],
  metadata: Readonly<Record<string, string>>,
  precision: Precision = 'F32',
): ArrayBuffer {
  const encoded = tensors.map((tensor) => encode(tensor, precision)).sort((a, b) => typeBytes[b.type] - typeBytes[a.type]);
  const names = new Set<string>([metadataKey]);
  // Entries are written as text, never as properties, so that a name like `__proto__` is only a name.
  const entries = [`${JSON.stringify(metadataKey)}:${JSON.stringify(metadata)}`];
  let offset = 0;
  for (const { name, shape, type, bytes } of encoded) {
    if (names.has(name)) refuse('duplicate-name', `tensor name ${JSON.stringify(name)} is taken`);
    names.add(name);
    const end = offset + bytes.length;
    entries.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype: type, shape, data_offsets: [offset, end] })}`);
    offset = end;
  }
  const json = new TextEncoder().encode(`{${entries.join(',')}}`);
  const headerBytes = Math.ceil(json.length / lengthBytes) * lengthBytes;
  const file = new Uint8Array(lengthBytes + headerBytes + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, lengthBytes, lengthBytes + headerBytes).set(json, lengthBytes);
  let position = lengthBytes + headerBytes;
  for (const { bytes } of encoded) {
    file.set(bytes, position);
    position += bytes.length;
  }
  return file.buffer;
}

export interface SafetensorsFile {
  /** Float tensors in the order of their bytes: F32 as views on the given buffer where it is aligned, all others as copies in F32. */
  readonly tensors: NamedTensor[];
  /** I32 and I64 tensors, views where aligned. */
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
    if (loneSurrogate.test(name)) refuse('header', 'a name is no Unicode');
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
    if (type === 'I32') integers.push({ name, shape, data: new Int32Array(...place) });
    else if (type === 'I64') integers.push({ name, shape, data: new BigInt64Array(...place) });
    else tensors.push({ name, shape, data: floatsOf(type, place) });
  }
  return { tensors, integers, metadata };
}

function floatsOf(type: 'F64' | 'F32' | 'F16' | 'BF16', place: readonly [ArrayBuffer, number, number]): Float32Array {
  if (type === 'F32') return new Float32Array(...place);
  if (type === 'F64') return Float32Array.from(new Float64Array(...place));
  return type === 'F16' ? fromHalf(new Uint16Array(...place)) : fromBrain(new Uint16Array(...place));
}

/** Half of a character, as an escape may give one; the reference refuses it. */
const loneSurrogate = /\p{Surrogate}/u;

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
  if (entries.flat().some((text) => loneSurrogate.test(text))) refuse('metadata', 'a metadata text is no Unicode');
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
