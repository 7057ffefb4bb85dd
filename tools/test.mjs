/**
 * `npm test`: set-up (a Chromium included), then lint, doors, audit, types, build, unit and e2e, every stage even after a failed one.
 * The last line is the sum: `N passed, N failed` and, where any were, `N skipped`; exit code 1 on any failure or an empty stage.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium } from './chromium.mjs';
import { ensureModules, root, SetupError } from './setup.mjs';
import { addCounts, readPlaywrightCounts, readVitestCounts, summarize } from './test-counts.mjs';

const bin = (...parts) => path.join(root, 'node_modules', ...parts);
const reports = mkdtempSync(path.join(tmpdir(), 'kline-studio-test-'));
const report = (name) => path.join(reports, `${name}.json`);
const vitest = (project) => [bin('vitest', 'vitest.mjs'), 'run', '--project', project, '--reporter=default', '--reporter=json'];

/** A stage is one Node program; `count` reads its own report, and a stage without one counts as one test. */
const stages = [
  { name: 'lint', parameters: [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.'] },
  { name: 'doors', parameters: [path.join(root, 'tools', 'doors.mjs')] },
  { name: 'audit', parameters: [path.join(root, 'tools', 'audit.mjs')] },
  { name: 'types', parameters: [bin('typescript', 'bin', 'tsc'), '--noEmit'] },
  { name: 'build', parameters: [bin('vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'] },
  { name: 'unit', parameters: [...vitest('unit'), `--outputFile.json=${report('unit')}`], count: readVitestCounts },
  { name: 'gpu', parameters: [...vitest('gpu'), `--outputFile.json=${report('gpu')}`], count: readVitestCounts },
  {
    name: 'e2e',
    parameters: [bin('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('e2e') },
    count: readPlaywrightCounts,
  },
];

function run({ parameters, environment }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, parameters, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    });
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', () => resolve(1));
  });
}

/** The stage's counts; a program that fails without a failed test (or runs none) is itself one failure. */
async function runStage(stage) {
  console.log(`\n=== ${stage.name} ===`);
  const started = Date.now();
  const code = await run(stage);
  const counts = stage.count ? stage.count(report(stage.name)) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const broken = counts.failed === 0 && (code !== 0 || counts.passed + counts.skipped === 0);
  const final = broken ? { ...counts, failed: 1 } : counts;
  console.log(`=== ${stage.name}: ${summarize(final)} in ${Math.round((Date.now() - started) / 1000)} s ===`);
  return final;
}

/** Set-up, then the chosen stages (all, or those named as arguments). */
async function runAll() {
  ensureModules();
  const executable = await findChromium({ install: true });
  if (!executable) throw new SetupError('No Chromium could be found or installed: install Chrome or Chromium, or set CHROMIUM_PATH.');
  process.env.CHROMIUM_PATH = executable;
  console.log(`browser: ${executable}`);
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new SetupError(`No stage ${unknown.join(', ')}; there are ${stages.map(({ name }) => name).join(', ')}.`);
  let total = { passed: 0, failed: 0, skipped: 0 };
  for (const stage of stages) if (names.length === 0 || names.includes(stage.name)) total = addCounts(total, await runStage(stage));
  return total;
}

let total;
try {
  total = await runAll();
} catch (thrown) {
  console.error(thrown instanceof SetupError ? thrown.message : thrown);
  total = { passed: 0, failed: 1, skipped: 0 };
} finally {
  rmSync(reports, { recursive: true, force: true });
}
console.log(`\n${summarize(total)}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
