/** The headless runner: the same job without clicking, and one clear line where it cannot be done. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import * as ort from 'onnxruntime-web';
import { mt4Text } from './bars-file.ts';
import { readSafetensors } from './safetensors.ts';

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kline-studio-runner-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(tool: string, ...parameters: string[]) {
  return spawnSync(process.execPath, [`tools/${tool}.mjs`, ...parameters], { encoding: 'utf8', timeout: 580_000 });
}
const train = (...parameters: string[]) => run('train', ...parameters);

/** Probabilities of logits, a row a window. */
function softmax(logits: Float32Array): number[][] {
  return Array.from({ length: logits.length / 3 }, (_, row) => {
    const shares = [...logits.subarray(3 * row, 3 * row + 3)].map(Math.exp);
    return shares.map((share) => share / shares.reduce((a, b) => a + b));
  });
}

const farthest = (a: readonly number[][], b: readonly number[][]): number =>
  Math.max(...a.flatMap((row, i) => row.map((value, c) => Math.abs(value - (b[i]?.[c] ?? Number.NaN)))));

/** What onnxruntime answers to a model's example windows, given raw as the scaler undoes them, beside what the studio answered. */
async function onnxDistance(out: string, model: string): Promise<number> {
  const { tensors, metadata } = readSafetensors(readFileSync(path.join(out, `example_${model}.safetensors`)));
  const { mean, deviation } = JSON.parse(metadata.scaler ?? '') as { mean: number[]; deviation: number[] };
  const input = tensors.get('example.input');
  const columns = mean.length;
  const raw = input?.values.map((value, i) => value * (deviation[i % columns] as number) + (mean[i % columns] as number));
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(readFileSync(path.join(out, `best_${model}.onnx`)));
  const answer = await session.run({ features: new ort.Tensor('float32', raw ?? [], input?.shape ?? []) });
  const given = answer.probabilities?.data as Float32Array;
  const rows = Array.from({ length: given.length / 3 }, (_, row) => [...given.subarray(3 * row, 3 * row + 3)]);
  return farthest(rows, softmax(tensors.get('example.logits')?.values ?? new Float32Array()));
}

function givenFile(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Lines of stderr without the steps that the set-up names (`· …`). */
const complaints = (stderr: string): string[] => stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('· '));

test('two models from the command line leave every promised file, and predict from it', async () => {
  const out = path.join(folder, 'out');
  const data = givenFile('bars.csv', mt4Text(1500));
  const { status, stderr } = train(
    '--data',
    data,
    '--model',
    'gru,lstm',
    '--preset',
    'tiny',
    '--epochs',
    '1',
    '--set',
    'data.maxWindows=64',
    '--formats',
    'all',
    '--out',
    out,
  );
  expect(stderr.split('\n').at(-2)).toContain(out);
  expect(status, stderr).toBe(0);
  const names = readdirSync(out);
  for (const name of ['training.log', 'metrics.csv', 'model_comparison_results.txt', 'report.json']) expect(names).toContain(name);
  for (const model of ['gru', 'lstm']) {
    const { tensors } = readSafetensors(readFileSync(path.join(out, `best_${model}.safetensors`)));
    expect(tensors.size).toBeGreaterThan(0);
    expect(names).toEqual(expect.arrayContaining([`training_${model}.log`, `metrics_${model}.csv`, `best_${model}.pth`]));
    expect(Object.keys(unzipSync(readFileSync(path.join(out, `run_${model}.zip`))))).toContain('run.json');
    expect(readdirSync(path.join(out, `best_${model}.tfjs`)).sort()).toEqual(['model.json', 'weights.bin']);
    expect(await onnxDistance(out, model), model).toBeLessThanOrEqual(1e-4);
  }
  const report = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'));
  expect(report.dataset.name).toBe('bars.csv');
  expect(report.runs.map((run: { model: string }) => run.model).sort()).toEqual(['gru', 'lstm']);
  for (const run of report.runs) {
    expect(run.config.training.epochs).toBe(1);
    expect(run.epochs).toHaveLength(1);
    expect(run.device.adapter).not.toBe('');
    expect(run.baselines).toHaveLength(3);
  }
  const rows = readFileSync(path.join(out, 'metrics.csv'), 'utf8').trim().split('\n');
  expect(rows).toHaveLength(3);

  const predicted = run(
    'predict',
    '--weights',
    path.join(out, 'best_gru.safetensors'),
    '--data',
    data,
    '--out',
    path.join(folder, 'later'),
  );
  expect(predicted.status, predicted.stderr).toBe(0);
  const table = readFileSync(path.join(folder, 'later', 'predictions.csv'), 'utf8')
    .trim()
    .split('\r\n');
  // Every window of T = 32 up to the newest bar; the last one has no future yet.
  expect(table).toHaveLength(1 + 1500 - 60 - 31);
  expect(table.at(-1)?.split(',').slice(7)).toEqual(['', '', '0']);
  const { tensors } = readSafetensors(readFileSync(path.join(out, 'example_gru.safetensors')));
  const examples = softmax(tensors.get('example.logits')?.values ?? new Float32Array());
  const newest = table.slice(-1 - examples.length, -1).map((row) => row.split(',').slice(2, 5).map(Number));
  expect(farthest(newest, examples)).toBeLessThanOrEqual(1e-5);
});

const badUsage: readonly [title: string, parameters: readonly string[], words: string][] = [
  ['an unknown option', ['--speed', '9'], '--speed'],
  ['no file named', ['--out', 'x'], '--data'],
  ['a file that is not there', ['--data', '/nowhere/bars.csv', '--out', 'x'], '/nowhere/bars.csv'],
  ['an unknown model', ['--data', 'package.json', '--out', 'x', '--model', 'arima'], 'arima'],
  ['an unknown setting', ['--data', 'package.json', '--out', 'x', '--set', 'training.speed=9'], 'training.speed'],
  ['an unknown format', ['--data', 'package.json', '--out', 'x', '--formats', 'pth,hdf5'], 'hdf5'],
  ['a value out of range', ['--data', 'package.json', '--out', 'x', '--epochs', '0'], 'training.epochs'],
];

for (const [title, parameters, words] of badUsage)
  test(`bad usage (${title}) is one line and exit code 2`, () => {
    const { status, stderr } = train(...parameters.map((text) => (text === 'x' ? path.join(folder, 'x') : text)));
    expect(status).toBe(2);
    expect(complaints(stderr)).toHaveLength(1);
    expect(complaints(stderr)[0]).toContain(words);
  });

test('bad data is the sentence of the page, one line and exit code 2', () => {
  const out = path.join(folder, 'out');
  const { status, stderr } = train('--data', givenFile('bars.csv', '{"bars": [1, 2, 3]}'), '--preset', 'tiny', '--out', out);
  expect(status).toBe(2);
  expect(complaints(stderr).filter((line) => !line.startsWith('reading '))).toHaveLength(1);
  expect(stderr).toContain('JSON');
  expect(existsSync(path.join(out, 'report.json'))).toBe(false);
});

test('no browser is one line and exit code 2', () => {
  const data = givenFile('bars.csv', mt4Text(600));
  const broken = givenFile('chromium', '#!/bin/sh\nexit 1\n');
  const { status, stderr } = spawnSync(process.execPath, ['tools/train.mjs', '--data', data, '--out', path.join(folder, 'out')], {
    encoding: 'utf8',
    env: { ...process.env, CHROMIUM_PATH: broken },
  });
  expect(status).toBe(2);
  expect(complaints(stderr)).toHaveLength(1);
  expect(stderr).toContain('CHROMIUM_PATH');
});
