/** `.pth` files: opened by PyTorch where the machine has one, and compared byte by byte with committed ones everywhere. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { findTorchPython } from '../../../tools/torch/python.mjs';
import { modelIds } from '../../models/catalog.ts';
import type { NamedTensor } from '../../models/named-tensor.ts';
import { readSafetensors } from '../safetensors.ts';
import { packPth } from './pth.ts';

const python = findTorchPython();
const folder = mkdtempSync(path.join(tmpdir(), 'kline-studio-pth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixtures = path.join(import.meta.dirname, '../../models/fixtures');

function readFixture(model: string): { tensors: NamedTensor[]; description: unknown } {
  const { tensors, metadata } = readSafetensors(new Uint8Array(readFileSync(path.join(fixtures, `${model}.safetensors`))).buffer);
  const weights = tensors
    .filter(({ name }) => name.startsWith('weights.'))
    .map((tensor) => ({ ...tensor, name: tensor.name.slice('weights.'.length) }));
  return { tensors: weights, description: JSON.parse(metadata.fixture ?? '') };
}

/**
 * One start of Python for all files, since importing torch takes seconds. Writes what torch finds in each file: for every tensor its name,
 * type, shape, strides and values' bytes. Files named after a model must also fill the model of tools/torch/twin/models.py strictly.
 */
const openAll = `
import collections, json, sys, torch
sys.path.insert(0, sys.argv[1])
import models
found = {}
for file, model, given in json.loads(sys.argv[2]):
    state = torch.load(file, weights_only=True)
    assert type(state) is collections.OrderedDict, type(state)
    if model:
        models.build(model, given["config"], given["features"]).load_state_dict(state, strict=True)
    found[file] = [[n, str(t.dtype), list(t.shape), list(t.stride()), t.contiguous().numpy().tobytes().hex()] for n, t in state.items()]
print(json.dumps(found))
`;

const bytesOf = ({ data }: NamedTensor): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** What `openAll` should find. */
const described = (tensors: readonly NamedTensor[]): unknown[][] =>
  tensors.map((tensor) => [
    tensor.name,
    'torch.float32',
    tensor.shape,
    tensor.shape.map((_, i) => tensor.shape.slice(i + 1).reduce((product, n) => product * Math.max(n, 1), 1)),
    Buffer.from(bytesOf(tensor)).toString('hex'),
  ]);

const odd: NamedTensor[] = [
  { name: 'scalar', shape: [], data: Float32Array.of(1.5) },
  { name: 'empty', shape: [0, 3], data: new Float32Array() },
  { name: '权重 "引号"', shape: [1], data: Float32Array.of(Number.NaN) },
  ...Array.from({ length: 300 }, (_, i) => ({ name: `t${i}`, shape: [1, 2], data: Float32Array.of(i, -i) })),
];

test.skipIf(python === null)('PyTorch opens every model with weights_only, takes it strictly, and opens odd tensors too', () => {
  const write = (name: string, tensors: readonly NamedTensor[]): string => {
    const file = path.join(folder, `${name}.pth`);
    writeFileSync(file, new Uint8Array(packPth(tensors, { name })));
    return file;
  };
  const cases = modelIds.map((model) => ({ model, ...readFixture(model) }));
  const given = [
    ...cases.map(({ model, tensors, description }) => [write(model, tensors), model, description]),
    [write('odd', odd), null, null],
  ];
  const torch = path.join(import.meta.dirname, '../../../tools/torch/twin');
  const output = execFileSync(python ?? '', ['-c', openAll, torch, JSON.stringify(given)], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const found = Object.values(JSON.parse(output));
  expect(found).toEqual([...cases.map(({ tensors }) => described(tensors)), described(odd)]);
});

const small: NamedTensor[] = [
  { name: 'layer.weight', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  { name: 'layer.bias', shape: [2], data: Float32Array.of(-1, 0.5) },
];

test('the pickle is the one that PyTorch opened, byte by byte', () => {
  const { 'archive/data.pkl': pickle } = unzipSync(new Uint8Array(packPth(small, {})));
  const tensor = (name: string, key: string, count: string, shape: string, strides: string): string =>
    `X${name}ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\0${key}X\x03\0\0\0cpuJ${count}\0\0\0tQJ\0\0\0\0(${shape}t(${strides}t\x89ccollections\nOrderedDict\n)RtR`;
  const expected =
    '\x80\x02ccollections\nOrderedDict\n)R(' +
    tensor('\x0c\0\0\0layer.weight', '0', '\x06', 'J\x02\0\0\0J\x03\0\0\0', 'J\x03\0\0\0J\x01\0\0\0') +
    tensor('\x0a\0\0\0layer.bias', '1', '\x02', 'J\x02\0\0\0', 'J\x01\0\0\0') +
    'u.';
  expect(Buffer.from(pickle ?? []).toString('latin1')).toBe(expected);
});

test('entries are stored, named as torch.save names them, and tensors lie at multiples of 64 bytes', () => {
  const file = new Uint8Array(packPth(small, { 说明: '仅供研究' }));
  const entries = unzipSync(file);
  expect(Object.keys(entries)).toEqual([
    'archive/data.pkl',
    'archive/byteorder',
    'archive/data/0',
    'archive/data/1',
    'archive/extra/metadata.json',
    'archive/version',
  ]);
  expect(new TextDecoder().decode(entries['archive/version'])).toBe('3\n');
  expect(JSON.parse(new TextDecoder().decode(entries['archive/extra/metadata.json']))).toEqual({ 说明: '仅供研究' });
  for (const [i, tensor] of small.entries()) {
    const at = Buffer.from(file).indexOf(Buffer.from(bytesOf(tensor)));
    expect(at % 64, `tensor ${i}`).toBe(0);
    expect(entries[`archive/data/${i}`]).toEqual(bytesOf(tensor));
  }
});

test('a storage of more than 2^31 values is counted in eight bytes', async () => {
  const { pickleStateDict } = await import('./pickle.ts');
  const text = Buffer.from(pickleStateDict([{ name: 'w', shape: [2 ** 31, 2] }])).toString('latin1');
  expect(text).toContain('cpu\x8a\x08\0\0\0\0\x01\0\0\0t');
});
