import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { findTorchPython } from '../../../tools/torch/python.mjs';
import { modelIds } from '../../models/catalog.ts';
import { barsText, studioInNode, tinySettings } from '../../worker/testing/studio-in-node.ts';

const python = findTorchPython() ?? '';
const text = barsText(400, 3);

/** Runs one program of a twin; its output, or an error with what it said. */
function run(folder: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  const env = { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1', ...environment };
  const { status, stdout, stderr } = spawnSync(python, [...args], { cwd: folder, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

describe.skipIf(python === '')('the PyTorch twin', () => {
  test.each(modelIds)('%s: loads strictly, and has the features and answers of the studio', async (model) => {
    const studio = await studioInNode();
    const settings = tinySettings(model, { 'training.epochs': 1, 'data.maxWindows': 60, 'training.batchSize': 16 });
    await studio.load(text, settings);
    await studio.train(settings);
    const { runId } = studio.last('finished').run.job;
    const zip = unzipSync(new Uint8Array(await studio.export('twin', runId)));
    const folder = mkdtempSync(path.join(os.tmpdir(), 'twin-'));
    for (const [name, bytes] of Object.entries(zip)) writeFileSync(path.join(folder, path.basename(name)), bytes);
    const said = run(folder, ['check.py']);
    expect(said).toContain('all weights loaded strictly');
    expect(said).toContain('same as the studio');
    expect(said).toMatch(/test: \d+ windows/);
    console.log(said);
  });
});
