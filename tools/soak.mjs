/** `npm run soak [-- EARLY,LATE]`: the leak test over long runs of all five models, by default steps 100 and 10,000. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findChromium } from './chromium.mjs';
import { ensureModules, root, runMain, SetupError } from './setup.mjs';

await runMain(async () => {
  ensureModules();
  const executable = await findChromium({ install: true });
  if (!executable) throw new SetupError('No Chromium could be found or installed: install Chrome or Chromium, or set CHROMIUM_PATH.');
  const steps = process.argv[2] ?? '100,10000';
  if (!/^\d+,\d+$/.test(steps)) throw new SetupError(`Two step counts are wanted, as in 100,10000; got ${steps}.`);
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'gpu', 'src/training/leak'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: executable, VITE_LEAK_STEPS: steps },
  });
  process.exitCode = status ?? 1;
});
