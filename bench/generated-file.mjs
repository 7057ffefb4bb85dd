/** Random-walk files in MetaTrader 4 form for the benches, made by the same code as those of the journeys. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runnerImport } from 'vite';
import { root } from '../tools/setup.mjs';

/** Writes `rows` bars to a temporary file, hands its path to `use`, and removes it. */
export async function withBars(rows, use) {
  const { module } = await runnerImport(path.join(root, 'e2e', 'bars-file.ts'), { root, configFile: false, logLevel: 'error' });
  const folder = mkdtempSync(path.join(tmpdir(), 'kline-studio-bench-'));
  try {
    const file = path.join(folder, 'bars.csv');
    writeFileSync(file, module.mt4Text(rows));
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
