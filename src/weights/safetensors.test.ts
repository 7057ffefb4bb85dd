import { describe, expect, test } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { packSafetensors, readSafetensors } from './safetensors.ts';

/** A file around a header given as text, with `dataBytes` zero bytes behind it. */
function fileWith(header: string | Uint8Array<ArrayBuffer>, dataBytes = 0, claimed?: bigint): ArrayBuffer {
  const encoded = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + encoded.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(encoded.length), true);
  bytes.set(encoded, 8);
  return bytes.buffer;
}

/** Why a file is refused; fails where it is read. */
function refusal(bytes: ArrayBuffer): string {
  try {
    readSafetensors(bytes);
  } catch (error) {
    if (error instanceof StudioError && error.code === 'invalid-weights') return String(error.parameters.reason);
    throw error;
  }
  throw new Error('the file was read');
}

const tensor = (dtype: string, shape: string, offsets: string): string => `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

describe('round trip', () => {
  const first = {
    name: 'heads.direction.0.weight',
    shape: [2, 3],
    data: Float32Array.of(1, -2, 3.5, Number.NaN, Number.NEGATIVE_INFINITY, 1e-45),
  };
  const tensors = [
    first,
    { name: '__proto__', shape: [1], data: Float32Array.of(7) },
    { name: 'constructor', shape: [], data: Float32Array.of(8) },
    { name: '权重 "引号" \\', shape: [0, 4], data: new Float32Array(0) },
    { name: 'step.0.class', shape: [2], data: Int32Array.of(-1, 2) },
    { name: 'tokens', shape: [1], data: BigInt64Array.of(-(2n ** 62n)) },
  ];
  const metadata = { format: 'pt', 说明: 'line\n"quoted"', ['__proto__']: 'text' };

  test('gives back names, shapes, bits and texts', () => {
    const read = readSafetensors(packSafetensors(tensors, metadata));
    expect(read.tensors).toEqual(tensors.slice(0, 4));
    const bits = (data: Float32Array | undefined) => new Uint32Array(data?.slice().buffer ?? new ArrayBuffer(0));
    expect(bits(read.tensors[0]?.data)).toEqual(bits(first.data));
    expect(read.integers).toEqual([tensors[5], tensors[4]]);
    expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(metadata).sort());
  });

  test('the header is padded so that all data is aligned, and reading copies nothing', () => {
    for (let length = 0; length < 9; length++) {
      const bytes = packSafetensors([{ name: 'x'.repeat(length + 1), shape: [1], data: Float32Array.of(length) }], {});
      expect(Number(new DataView(bytes).getBigUint64(0, true)) % 8).toBe(0);
      const [only] = readSafetensors(bytes).tensors;
      expect(only?.data.buffer).toBe(bytes);
      expect(only?.data[0]).toBe(length);
    }
  });

  test('a view on a larger buffer is written alone', () => {
    const arena = Float32Array.of(0, 1, 2, 3, 4);
    const { tensors: read } = readSafetensors(packSafetensors([{ name: 'part', shape: [2], data: arena.subarray(2, 4) }], {}));
    expect([...(read[0]?.data ?? [])]).toEqual([2, 3]);
  });

  test('files of other writers: unpadded headers, entries in any order, unknown fields', () => {
    const header = `{"b":${tensor('F32', '[1]', '[4,8]')},"a":{"extra":[1,{"dtype":"x"}],"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}`;
    const padded = header.length % 4 === 0 ? `${header} ` : header;
    const bytes = fileWith(padded, 8);
    new DataView(bytes).setFloat32(8 + padded.length, 1.5, true);
    const read = readSafetensors(bytes);
    expect(read.tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ['a', [1, 1]],
      ['b', [1]],
    ]);
    expect(read.tensors[0]?.data[0]).toBe(1.5);
  });

  test('no tensors at all is a file', () => {
    expect(readSafetensors(packSafetensors([], {}))).toEqual({ tensors: [], integers: [], metadata: {} });
    expect(readSafetensors(fileWith('{}'))).toEqual({ tensors: [], integers: [], metadata: {} });
  });
});

describe('other number types', () => {
  const view = (bytes: ArrayBuffer) => new Uint8Array(bytes);
  const withData = (header: string, data: Uint8Array): ArrayBuffer => {
    const bytes = fileWith(header, data.length);
    view(bytes).set(data, bytes.byteLength - data.length);
    return bytes;
  };

  test('F16, BF16 and F64 are read as float32', () => {
    const header = `{"half":${tensor('F16', '[2]', '[8,12]')},"brain":${tensor('BF16', '[1]', '[12,14]')},"double":${tensor('F64', '[1]', '[0,8]')}}`;
    const data = new Uint8Array(14);
    const numbers = new DataView(data.buffer);
    numbers.setFloat64(0, 0.1, true);
    numbers.setUint16(8, 0x3c01, true);
    numbers.setUint16(10, 0xc000, true);
    numbers.setUint16(12, 0x3fc0, true);
    const { tensors } = readSafetensors(withData(header, data));
    expect(tensors).toEqual([
      { name: 'double', shape: [1], data: Float32Array.of(0.1) },
      { name: 'half', shape: [2], data: Float32Array.of(1 + 2 ** -10, -2) },
      { name: 'brain', shape: [1], data: Float32Array.of(1.5) },
    ]);
  });

  test('written as F16: half the bytes, nearest halves back, integers as they are', () => {
    const values = Float32Array.of(0.1, -3.3, 1e-7, 1e-9, 65504);
    const written = packSafetensors(
      [
        { name: 'weight', shape: [5], data: values },
        { name: 'class', shape: [1], data: Int32Array.of(-7) },
      ],
      {},
      'F16',
    );
    const { tensors, integers } = readSafetensors(written);
    expect(integers).toEqual([{ name: 'class', shape: [1], data: Int32Array.of(-7) }]);
    const [read] = tensors;
    expect([...(read?.data ?? [])]).toEqual([0.0999755859375, -3.30078125, 2 ** -23, 0, 65504]);
    const header = Number(new DataView(written).getBigUint64(0, true));
    expect(written.byteLength - 8 - header).toBe(5 * 2 + 4);
  });

  test('a value that no half holds is refused by name', () => {
    const large = { name: 'large.weight', shape: [1], data: Float32Array.of(1e6) };
    expect(() => packSafetensors([large], {}, 'F16')).toThrow(/half-range.*large\.weight/);
  });
});

describe('what cannot be packed is refused', () => {
  const one = { name: 'a', shape: [1], data: Float32Array.of(1) };
  test.each([
    ['a name twice', [one, one]],
    ['the reserved name', [{ ...one, name: '__metadata__' }]],
    ['a shape that does not fit', [{ ...one, shape: [2] }]],
    ['a negative shape', [{ ...one, shape: [-1, -1] }]],
  ])('%s', (_, tensors) => {
    expect(() => packSafetensors(tensors, {})).toThrow(StudioError);
  });
});

describe('hostile files are refused with their reason', () => {
  const whole = packSafetensors(
    [
      { name: 'first', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
      { name: 'second', shape: [1], data: Float32Array.of(5) },
    ],
    { format: 'pt' },
  );

  test('cut off at any byte', () => {
    for (let length = 0; length < whole.byteLength; length++) expect(['truncated', 'length']).toContain(refusal(whole.slice(0, length)));
  });

  test('any byte of the header changed: read or refused, never another error', () => {
    const headerEnd = 8 + Number(new DataView(whole).getBigUint64(0, true));
    let refused = 0;
    for (let at = 0; at < headerEnd; at++) {
      for (const value of [0x00, 0x22, 0x30, 0x39, 0x5b, 0x7d, 0xff]) {
        const changed = whole.slice(0);
        new Uint8Array(changed)[at] = value;
        try {
          readSafetensors(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(StudioError);
          refused++;
        }
      }
    }
    expect(refused).toBeGreaterThan(headerEnd * 4);
  });

  test.each<[string, ArrayBuffer, string]>([
    ['a byte too many at the end', fileWith('{}', 1), 'length'],
    ['a header longer than the file', fileWith('{}', 0, 3n), 'truncated'],
    ['a header of 2^63 bytes', fileWith('{}', 0, 2n ** 63n), 'header'],
    ['a header over 100 MB', fileWith('{}', 0, 100_000_001n), 'header'],
    ['an empty header', fileWith(''), 'header'],
    ['a header that begins with a space', fileWith(' {}'), 'header'],
    ['a byte order mark', fileWith('\ufeff{}'), 'header'],
    ['an array', fileWith('[]'), 'header'],
    ['bytes that are not UTF-8', fileWith(Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d)), 'header'],
    ['text that is not JSON', fileWith('{"a":}'), 'header'],
    ['JSON nested without end', fileWith(`{"a":${'['.repeat(200_000)}`), 'header'],
    ['a tensor that is null', fileWith('{"a":null}'), 'header'],
    ['a tensor that is an array', fileWith('{"a":[]}'), 'header'],
    ['metadata that is a list', fileWith('{"__metadata__":[]}'), 'metadata'],
    ['half a character in a name', fileWith(`{"\\ud800":${tensor('F32', '[1]', '[0,4]')}}`, 4), 'header'],
    ['half a character in a text', fileWith('{"__metadata__":{"a":"\\udfff"}}'), 'metadata'],
    ['metadata with a number', fileWith('{"__metadata__":{"epoch":1}}'), 'metadata'],
    ['an unknown type', fileWith(`{"a":${tensor('F31', '[1]', '[0,4]')}}`, 4), 'type'],
    ['a type named like a property', fileWith(`{"a":${tensor('constructor', '[1]', '[0,4]')}}`, 4), 'type'],
    ['a missing type', fileWith('{"a":{"shape":[],"data_offsets":[0,4]}}', 4), 'type'],
    ['a missing shape', fileWith('{"a":{"dtype":"F32","data_offsets":[0,4]}}', 4), 'shape'],
    ['missing offsets', fileWith('{"a":{"dtype":"F32","shape":[1]}}', 4), 'offsets'],
    ['three offsets', fileWith(`{"a":${tensor('F32', '[1]', '[0,4,8]')}}`, 4), 'offsets'],
    ['a negative size', fileWith(`{"a":${tensor('F32', '[-1,-1]', '[0,4]')}}`, 4), 'shape'],
    ['half a size', fileWith(`{"a":${tensor('F32', '[0.5,2]', '[0,4]')}}`, 4), 'shape'],
    ['a size in words', fileWith(`{"a":${tensor('F32', '["1"]', '[0,4]')}}`, 4), 'shape'],
    ['sizes whose product overflows', fileWith(`{"a":${tensor('F32', '[4294967296,4294967296]', '[0,0]')}}`), 'shape'],
    ['sizes whose bytes overflow', fileWith(`{"a":${tensor('F32', '[9007199254740991]', '[0,4]')}}`, 4), 'shape'],
    ['a size beyond exact numbers', fileWith(`{"a":${tensor('F32', '[9007199254740993]', '[0,4]')}}`, 4), 'shape'],
    ['a shape too small for its bytes', fileWith(`{"a":${tensor('F32', '[1]', '[0,8]')}}`, 8), 'shape'],
    ['offsets turned round', fileWith(`{"a":${tensor('F32', '[1]', '[4,0]')}}`, 4), 'shape'],
    ['a negative offset', fileWith(`{"a":${tensor('F32', '[1]', '[-4,0]')}}`, 4), 'offsets'],
    ['a gap before the first', fileWith(`{"a":${tensor('F32', '[1]', '[4,8]')}}`, 8), 'offsets'],
    ['a gap between two', fileWith(`{"a":${tensor('F32', '[1]', '[0,4]')},"b":${tensor('F32', '[1]', '[8,12]')}}`, 12), 'offsets'],
    ['overlapping tensors', fileWith(`{"a":${tensor('F32', '[2]', '[0,8]')},"b":${tensor('F32', '[2]', '[4,12]')}}`, 12), 'offsets'],
    [
      'two tensors on the same bytes',
      fileWith(`{"a":${tensor('F32', '[1]', '[0,4]')},"b":${tensor('F32', '[1]', '[0,4]')}}`, 4),
      'offsets',
    ],
    ['a tensor beyond the file', fileWith(`{"a":${tensor('F32', '[2]', '[0,8]')}}`, 4), 'length'],
    ['a name twice', fileWith(`{"a":${tensor('F32', '[1]', '[0,4]')},"a":${tensor('F32', '[1]', '[0,4]')}}`, 4), 'duplicate-name'],
    [
      'a name twice, once escaped',
      fileWith(`{"a":${tensor('F32', '[1]', '[0,4]')},"\\u0061":${tensor('F32', '[1]', '[0,4]')}}`, 4),
      'duplicate-name',
    ],
    ['a shape twice', fileWith('{"a":{"dtype":"F32","shape":[9],"shape":[1],"data_offsets":[0,4]}}', 4), 'duplicate-name'],
    ['metadata twice', fileWith('{"__metadata__":{},"__metadata__":{}}'), 'duplicate-name'],
  ])('%s', (_, bytes, reason) => {
    expect(refusal(bytes)).toBe(reason);
  });

  test('names like object properties are only names', () => {
    const header = `{"__proto__":${tensor('F32', '[1]', '[0,4]')},"toString":${tensor('F32', '[1]', '[4,8]')}}`;
    const read = readSafetensors(fileWith(header, 8));
    expect(read.tensors.map(({ name }) => name)).toEqual(['__proto__', 'toString']);
    expect(Object.getPrototypeOf(read.metadata)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).dtype).toBeUndefined();
  });
});
