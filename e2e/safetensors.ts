/** Reads a safetensors file by its published layout, independently of the studio's own reader: length, JSON header, data. */

export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** @throws Error where the layout is broken: a header that is no JSON, offsets outside the data or of the wrong length. */
export function readSafetensors(file: Buffer): Safetensors {
  const headerLength = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.subarray(8, 8 + headerLength).toString('utf8')) as Record<string, HeaderEntry | Record<string, string>>;
  const data = file.subarray(8 + headerLength);
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = new Map<string, TensorEntry>();
  for (const [name, entry] of Object.entries(entries as Record<string, HeaderEntry>)) {
    const [start, end] = entry.data_offsets;
    const size = entry.shape.reduce((product, length) => product * length, 1);
    if (end > data.length || end - start !== 4 * size) throw new Error(`${name}: offsets ${start}…${end} do not fit its shape`);
    tensors.set(name, {
      dtype: entry.dtype,
      shape: entry.shape,
      values: new Float32Array(new Uint8Array(data.subarray(start, end)).buffer),
    });
  }
  return { metadata: metadata as Record<string, string>, tensors };
}
