/**
 * `npm run controls [-- DIR]`: every model on the sample, on noise and on shuffled labels, at sizes that a machine without a GPU can train; writes DIR/controls.md,
 * the table of docs/numerics.md. A run whose report is already in DIR is not repeated, so an interrupted command goes on where it ended.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { controlRuns } from './controls-runs.mjs';
import { controlsTable } from './controls-table.mjs';
import { root, runMain, SetupError, say } from './setup.mjs';

const readIfThere = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/** Trains one row of the table; its minutes are those of the whole command, browser and reading included. */
function train({ name, parameters }, folder) {
  const out = path.join(folder, name);
  const done = readIfThere(path.join(out, 'controls.json'));
  if (done) return say(`${name}: already there`);
  say(`${name}: npm run train -- ${parameters.join(' ')}`);
  mkdirSync(out, { recursive: true });
  const began = Date.now();
  const { status } = spawnSync(process.execPath, [path.join(root, 'tools', 'train.mjs'), ...parameters, '--out', out], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new SetupError(`${name} ended with exit code ${status}.`);
  writeFileSync(path.join(out, 'controls.json'), `${JSON.stringify({ minutes: (Date.now() - began) / 60_000 })}\n`);
}

await runMain(async () => {
  const folder = path.resolve(process.argv[2] ?? path.join(root, 'out', 'controls'));
  const runs = controlRuns(folder);
  for (const run of runs) train(run, folder);
  const rows = runs.map((run) => ({
    ...run,
    ...readIfThere(path.join(folder, run.name, 'controls.json')),
    report: readIfThere(path.join(folder, run.name, 'report.json')),
  }));
  const table = controlsTable(rows);
  writeFileSync(path.join(folder, 'controls.md'), table);
  console.log(table);
});
