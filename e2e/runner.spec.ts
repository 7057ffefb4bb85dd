/** The headless runner: the same job without clicking, and one clear line where it cannot be done. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { mt4Text } from './bars-file.ts';
import { readSafetensors } from './safetensors.ts';

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kline-studio-runner-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

function train(...parameters: string[]) {
  return spawnSync(process.execPath, ['tools/train.mjs', ...parameters], { encoding: 'utf8', timeout: 580_000 });
}

function givenFile(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Lines of stderr without the steps that the set-up names (`· …`). */
const complaints = (stderr: string): string[] => stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('· '));

test('two models from the command line leave every promised file', () => {
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
    expect(names).toEqual(expect.arrayContaining([`training_${model}.log`, `metrics_${model}.csv`]));
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
});

const badUsage: readonly [title: string, parameters: readonly string[], words: string][] = [
  ['an unknown option', ['--speed', '9'], '--speed'],
  ['no file named', ['--out', 'x'], '--data'],
  ['a file that is not there', ['--data', '/nowhere/bars.csv', '--out', 'x'], '/nowhere/bars.csv'],
  ['an unknown model', ['--data', 'package.json', '--out', 'x', '--model', 'arima'], 'arima'],
  ['an unknown setting', ['--data', 'package.json', '--out', 'x', '--set', 'training.speed=9'], 'training.speed'],
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
