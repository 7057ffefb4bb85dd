import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { findTorchPython } from '../../../tools/torch/python.mjs';
import { type ModelId, modelIds } from '../../models/catalog.ts';
import type { Settings } from '../../training/settings.ts';
import { barsText, studioInNode, tinySettings } from '../../worker/testing/studio-in-node.ts';

const python = findTorchPython() ?? '';
const text = barsText(1000, 3);
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const environment = { OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };

/** Runs one program of a twin; its output, or an error with what it said. */
async function run(folder: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> {
  const child = spawn(python, [...args], { cwd: folder, env: { ...process.env, ...environment, ...more } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += String(piece)));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`${args.join(' ')}: ${said}`);
  return said;
}

/** Two processes in the environment that torchrun gives each; what the first one said. */
async function runTwo(folder: string, args: readonly string[]): Promise<string> {
  const port = await freePort();
  const of = (rank: number) => ({
    RANK: String(rank),
    LOCAL_RANK: String(rank),
    WORLD_SIZE: '2',
    MASTER_ADDR: '127.0.0.1',
    MASTER_PORT: port,
  });
  const [first] = await Promise.all([0, 1].map((rank) => run(folder, args, of(rank))));
  return first as string;
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

const lossesOf = (said: string): number[] => [...said.matchAll(/^step \d+ loss (\S+)$/gm)].map(([, loss]) => Number(loss));

/** A run trained here, and its twin in a folder of its own. */
async function twinOf(model: ModelId, overrides: Settings['overrides'] = {}) {
  const studio = await studioInNode();
  const settings = tinySettings(model, { 'training.epochs': 1, 'data.maxWindows': 60, 'training.batchSize': 16, ...overrides });
  await studio.load(text, settings);
  await studio.train(settings);
  const { runId } = studio.last('finished').run.job;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'twin-'));
  folders.push(folder);
  for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(await studio.export('twin', runId)))))
    writeFileSync(path.join(folder, path.basename(name)), bytes);
  return { studio, runId, folder };
}

/** Twenty steps on one process and on two. Every third batch has one window: one of the processes then has none of its own. */
async function expectSameCurve(folder: string): Promise<void> {
  const args = ['train.py', '--steps', '20', '--epochs', '7', '--batch', '23', '--no-dropout', '--learning-rate', '0.003'];
  const [alone, together] = [lossesOf(await run(folder, args)), lossesOf(await runTwo(folder, args))];
  expect(alone).toHaveLength(20);
  expect(together).toHaveLength(20);
  expect(Math.max(...alone.map((loss, step) => Math.abs(loss - (together[step] as number))))).toBeLessThan(1e-4);
  expect(Math.abs((alone[0] as number) - (alone[18] as number))).toBeGreaterThan(1e-3);
}

describe.skipIf(python === '')('the PyTorch twin', () => {
  test.each(modelIds)(
    '%s: loads strictly, answers as the studio, and learns the same on two processes as on one',
    async (model) => {
      const { folder } = await twinOf(model);
      const said = await run(folder, ['check.py']);
      expect(said).toContain('all weights loaded strictly');
      expect(said).toContain('same as the studio');
      expect(said).toMatch(/test: \d+ windows/);

      await expectSameCurve(folder);
    },
    120_000,
  );

  test('adapters of a frozen base train in it, and mixup draws the same on every process', async () => {
    const { folder } = await twinOf('peft-transformer', { 'peft-transformer.loraRank': 2, 'training.mixup': true });
    expect(await run(folder, ['check.py'])).toContain('same as the studio');
    await expectSameCurve(folder);
  }, 120_000);

  test('what it trained is opened by the studio again, and goes on from its own state', async () => {
    const { studio, folder, runId } = await twinOf('gru');
    const said = await runTwo(folder, ['train.py', '--epochs', '2']);
    expect(said).toMatch(/epoch 2: loss/);
    const weights = new File([readFileSync(path.join(folder, 'out/best_gru.safetensors'))], 'best_gru.safetensors');
    await studio.session.import({ type: 'import', file: weights, answers: null });
    const { run: opened, known } = studio.last('imported');
    expect(known).toBe(false);
    expect(opened.job.runId).toContain(`${runId}-twin-`);
    expect(opened.epochs[0]?.metrics['validation/accuracy']).toBeGreaterThanOrEqual(0);
    expect(await run(folder, ['train.py', '--epochs', '1', '--resume', 'out/state.safetensors'])).toMatch(/epoch 3: loss/);
    expect(await run(folder, ['train.py', '--epochs', '1', '--resume', 'optimizer.safetensors'])).toMatch(/epoch 2: loss/);
  }, 120_000);
});
