/** What stands in an ONNX file beside its graph, read by a second hand: a plain reader of the wire format. */
import { expect, test } from 'vitest';
import { StudioError } from '../../lib/errors.ts';
import { exampleRun } from '../fixtures/example-run.ts';
import { exportMetadata } from '../metadata.ts';
import { Graph } from './graph.ts';
import { Message } from './protobuf.ts';

type Field = readonly [field: number, value: bigint | Uint8Array];

/** Fields of one message in their order: varints as numbers, everything else as bytes. */
function read(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let [value, shift] = [0n, 0n];
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('cut off');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
      shift += 7n;
    }
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const type = key & 7;
    if (type === 0) fields.push([key >> 3, varint()]);
    else {
      const length = type === 5 ? 4 : Number(varint());
      fields.push([key >> 3, bytes.subarray(at, at + length)]);
      at += length;
    }
  }
  expect(at).toBe(bytes.length);
  return fields;
}

const text = (value: bigint | Uint8Array | undefined): string => new TextDecoder().decode(value as Uint8Array);
const all = (fields: readonly Field[], field: number) => fields.filter(([own]) => own === field).map(([, value]) => value);

test('a model names its operator set, and carries every text of the export', () => {
  const metadata = exportMetadata(exampleRun());
  const graph = new Graph('gru');
  graph.output('y', graph.input('x', ['batch', 3]), ['batch', 3]);
  const model = read(new Uint8Array(graph.toModel({ name: 'Studio', version: '1.2.3' }, 'a note 说明', metadata).toBytes()));
  expect(all(model, 1)).toEqual([8n]);
  expect([2, 3, 6].map((field) => text(all(model, field)[0]))).toEqual(['Studio', '1.2.3', 'a note 说明']);
  const [operators] = all(model, 8);
  expect(read(operators as Uint8Array)).toEqual([
    [1, new Uint8Array()],
    [2, 17n],
  ]);
  const texts = all(model, 14).map((entry) => read(entry as Uint8Array).map(([, value]) => text(value)));
  expect(Object.fromEntries(texts)).toEqual(metadata);
  expect(metadata).toMatchObject({ sequenceLength: '32', horizon: '1', notice: expect.stringContaining('Not investment advice') });
});

test('negative and large whole numbers are written in 64 bits', () => {
  const bytes = new Uint8Array(
    new Message()
      .integer(1, -1)
      .integer(2, 2n ** 40n)
      .integer(3, 0)
      .toBytes(),
  );
  expect(read(bytes)).toEqual([
    [1, 2n ** 64n - 1n],
    [2, 2n ** 40n],
    [3, 0n],
  ]);
});

test('names never meet twice', () => {
  const graph = new Graph('g');
  const x = graph.input('x', [1]);
  expect([graph.node('Relu', [x]), graph.node('Relu', [x]), graph.node('Relu', [x], {}, 'x')]).toEqual(['Relu', 'Relu_1', 'x_1']);
  expect(graph.scalar(0.5)).toBe(graph.scalar(0.5));
});

test('a file that protocol buffers cannot hold is refused before it is made', async () => {
  const { packOnnx } = await import('./onnx.ts');
  // A typed array of this length is only reserved, not touched.
  const huge = { name: 'heads.direction.0.weight', shape: [2 ** 14, 2 ** 15], data: new Float32Array(2 ** 29) };
  const small = (name: string) => ({ name, shape: [1], data: Float32Array.of(0) });
  const gates = ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map((part) => ({
    name: `gru.${part}_l0`,
    shape: [3],
    data: new Float32Array(3),
  }));
  const heads = ['direction', 'return'].flatMap((head) =>
    ['0', '3'].flatMap((layer) => ['weight', 'bias'].map((part) => small(`heads.${head}.${layer}.${part}`))),
  );
  const tensors = [...gates, ...heads.filter(({ name }) => name !== huge.name), huge];
  const scaler = { mean: [0], deviation: [1], clip: 10 };
  const source = { model: 'gru' as const, config: { layers: 1 }, sequenceLength: 8, scaler, returnDeviation: 1, tensors, metadata: {} };
  expect(() => packOnnx(source)).toThrow(StudioError);
  expect(() => packOnnx(source)).toThrow(/file-too-large/);
});
