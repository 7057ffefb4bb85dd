/**
 * `npm run soak [-- EARLY,LATE]`: 10,000 strange inputs for every reader (new ones each time), then the leak test over long runs of all five models, by default
 * steps 100 and 10,000. `-- fuzz` stops after the readers.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findChromium } from './chromium.mjs';
import { ensureModules, root, runMain, SetupError } from './setup.mjs';

await runMain(async () => {
  ensureModules();
  const executable = await findChromium({ install: true });
  if (!executable) throw new SetupError('No Chromium could be found or installed: install Chrome or Chromium, or set CHROMIUM_PATH.');
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const run = (parameters, environment) =>
    spawnSync(process.execPath, [vitest, 'run', ...parameters], { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
      .status ?? 1;
  const readers = run(['--project', 'unit', 'src/worker/readers.fuzz', 'src/weights/pack/hostile'], { FUZZ_RUNS: '10000' });
  if (process.argv[2] === 'fuzz' || readers !== 0) {
    process.exitCode = readers;
    return;
  }
  const steps = process.argv[2] ?? '100,10000';
  if (!/^\d+,\d+$/.test(steps)) throw new SetupError(`Two step counts are wanted, as in 100,10000; got ${steps}.`);
  process.exitCode = run(['--project', 'gpu', 'src/training/leak'], { CHROMIUM_PATH: executable, VITE_LEAK_STEPS: steps });
});
