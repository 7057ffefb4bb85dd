/** TensorFlow.js files: read by `tf.io` through the very loader that docs/exports.md prints. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ModelId, modelIds } from '../../models/catalog.ts';
import type { NamedTensor } from '../../models/named-tensor.ts';
import { readSafetensors } from '../safetensors.ts';
import { packTfjs } from './tfjs.ts';

interface Loaded {
  readonly weights: Readonly<Record<string, { readonly shape: number[]; dataSync(): Float32Array }>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly features: readonly string[];
  readonly scale: (raw: unknown) => { dataSync(): Float32Array };
  readonly heads: (pooled: unknown) => { readonly probabilities: { readonly shape: number[]; dataSync(): Float32Array } };
  readonly dispose: () => void;
}

// Inside the project, so that the loader finds its packages.
const folder = mkdtempSync(path.join(import.meta.dirname, '../../../node_modules/.tfjs-test-'));
const served = new Map<string, Uint8Array>();
let server: Server;
let loadWeights: (url: string) => Promise<Loaded>;
let address = '';

beforeAll(async () => {
  const document = readFileSync(path.join(import.meta.dirname, '../../../docs/exports.md'), 'utf8');
  const [, code] = /```js\n([\s\S]*?)```/.exec(document) ?? [];
  writeFileSync(path.join(folder, 'loader.mjs'), code ?? '');
  ({ loadWeights } = await import(/* @vite-ignore */ path.join(folder, 'loader.mjs')));
  server = createServer((request, response) => {
    const bytes = served.get(request.url ?? '');
    response.writeHead(bytes ? 200 : 404, {
      'Content-Type': request.url?.endsWith('.json') ? 'application/json' : 'application/octet-stream',
    });
    response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function weightsOf(model: ModelId): NamedTensor[] {
  const file = readFileSync(path.join(import.meta.dirname, '../../models/fixtures', `${model}.safetensors`));
  return readSafetensors(new Uint8Array(file).buffer)
    .tensors.filter(({ name }) => name.startsWith('weights.'))
    .map((tensor) => ({ ...tensor, name: tensor.name.slice('weights.'.length) }));
}

const metadata = {
  features: '["logReturn","range"]',
  sequenceLength: '32',
  returnDeviation: '0.0004',
  scaler: JSON.stringify({ mean: [1, 2], deviation: [0.5, 0.001], clip: 10 }),
};

function serve(name: string, tensors: readonly NamedTensor[]): string {
  for (const [file, bytes] of Object.entries(unzipSync(new Uint8Array(packTfjs(tensors, metadata))))) served.set(`/${name}/${file}`, bytes);
  return `${address}/${name}/model.json`;
}

test.each(modelIds)('tf.io gives back every tensor of %s, bit for bit', async (model) => {
  const tensors = weightsOf(model);
  const loaded = await loadWeights(serve(model, tensors));
  expect(Object.keys(loaded.weights)).toEqual(tensors.map(({ name }) => name));
  for (const { name, shape, data } of tensors) {
    expect(loaded.weights[name]?.shape, name).toEqual(shape);
    expect(loaded.weights[name]?.dataSync(), name).toEqual(data.slice());
  }
  loaded.dispose();
});

test('the loader scales as the studio does, and runs the heads', async () => {
  const tf = await import('@tensorflow/tfjs');
  const loaded = await loadWeights(serve('scaling', weightsOf('gru')));
  expect(loaded.features).toEqual(['logReturn', 'range']);
  const scaled = loaded
    .scale(
      tf.tensor3d([
        [
          [1.5, 2.002],
          [-50, 3],
        ],
      ]),
    )
    .dataSync();
  expect([...scaled].map((value) => Math.round(value * 1000) / 1000)).toEqual([1, 2, -10, 10]);
  const { probabilities } = loaded.heads(tf.ones([2, 16]));
  expect(probabilities.shape).toEqual([2, 3]);
  expect(
    probabilities
      .dataSync()
      .slice(0, 3)
      .reduce((sum, value) => sum + value, 0),
  ).toBeCloseTo(1, 6);
});
