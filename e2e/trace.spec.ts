/** What the command line adds for those who check: the trace that PyTorch replays, example rows, the leak audit, seeds. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { findTorchPython } from '../tools/torch/python.mjs';
import { mt4Text } from './bars-file.ts';
import { readSafetensors } from './safetensors.ts';

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kline-studio-trace-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a traced, audited run with two seeds leaves a trace that PyTorch replays', () => {
  const data = path.join(folder, 'bars.csv');
  writeFileSync(data, mt4Text(1500));
  const out = path.join(folder, 'out');
  const options = ['--model', 'moe-transformer', '--preset', 'tiny', '--epochs', '1', '--trace', '5', '--audit', '--seeds', '2'];
  const sizes = ['--set', 'data.maxWindows=64', '--set', 'training.batchSize=8', '--set', 'data.sequenceLength=8'];
  const { status, stderr } = spawnSync(process.execPath, ['tools/train.mjs', '--data', data, ...options, ...sizes, '--out', out], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);

  const report = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'));
  expect(report.runs).toHaveLength(2);
  expect(new Set(report.runs.map((run: { config: { training: { seed: number } } }) => run.config.training.seed)).size).toBe(2);
  for (const run of report.runs) {
    expect(run.audit.passed).toBe(true);
    expect(run.certificate.passed).toBe(true);
    expect(run.certificate.checks.length).toBeGreaterThan(10);
  }
  expect(readdirSync(out).filter((name) => name.startsWith('best_moe-transformer'))).toHaveLength(2);

  const examples = readSafetensors(readFileSync(path.join(out, 'example_moe-transformer.safetensors'))).tensors;
  expect([...examples.keys()].sort()).toEqual(['example.input', 'example.logits', 'example.return']);
  const { metadata } = readSafetensors(readFileSync(path.join(out, 'trace.safetensors')));
  const trace = JSON.parse(metadata.trace ?? '{}');
  expect(trace.losses).toHaveLength(5);
  expect(trace.learningRates).toHaveLength(5);
  expect(trace.heads).toBe(4);

  const python = findTorchPython();
  test.info().annotations.push({ type: 'PyTorch', description: python ?? 'not on this machine: the trace was not replayed' });
  if (python === null) return;
  const replay = spawnSync(python, ['tools/torch/replay.py', path.join(out, 'trace.safetensors')], { encoding: 'utf8' });
  expect(replay.status, replay.stdout + replay.stderr).toBe(0);
});
