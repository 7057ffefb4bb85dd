/**
 * `npm run bench [-- --only NAME,…] [--json FILE]`: runs the measurements in `bench/` on the built studio in a real browser and prints a
 * table. Every file there exports `benches`, a list of `{ name, run(context) }` whose `run` gives one row.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureModules, root, runMain, SetupError, say } from './setup.mjs';

const usage = `npm run bench -- [--only NAME,…] [--json FILE] [--list]`;

/** All benches, in the order of their files. */
async function readBenches() {
  const folder = path.join(root, 'bench');
  const files = readdirSync(folder).filter((name) => name.endsWith('.bench.mjs'));
  const modules = await Promise.all(files.sort().map((name) => import(pathToFileURL(path.join(folder, name)).href)));
  return modules.flatMap(({ benches }) => benches);
}

function readArguments() {
  try {
    return parseArgs({
      options: { only: { type: 'string' }, json: { type: 'string' }, list: { type: 'boolean' }, help: { type: 'boolean' } },
    }).values;
  } catch (thrown) {
    throw new SetupError(`${thrown.message.split('\n')[0]} (${usage})`);
  }
}

function choose(benches, only) {
  if (only === undefined) return benches;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) throw new SetupError(`No bench ${unknown.join(', ')}; there are ${benches.map(({ name }) => name).join(', ')}.`);
  return benches.filter(({ name }) => names.includes(name));
}

const fixedKeys = ['name', 'ours_ms', 'peers', 'dispatches', 'submits', 'gpu_bytes', 'adapter'];
const round = (value) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value);

/** One line a row: name, milliseconds, ratio to each peer, then what else was measured. */
function printTable(rows) {
  const lines = rows.map((row) => {
    const peers = Object.entries(row.peers).map(([name, ms]) => `${(ms / row.ours_ms).toFixed(1)}x ${name}`);
    const extras = Object.entries(row)
      .filter(([key, value]) => (!fixedKeys.includes(key) || ['dispatches', 'submits', 'gpu_bytes'].includes(key)) && value !== null)
      .map(([key, value]) => `${key} ${round(value)}`);
    return [row.name, row.ours_ms === null ? '-' : `${round(row.ours_ms)} ms`, peers.join(', ') || '-', extras.join(', ')];
  });
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) console.log(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const adapters = [...new Set(rows.map(({ adapter }) => adapter).filter(Boolean))];
  if (adapters.length > 0) console.log(`adapter: ${adapters.join('; ')}`);
}

async function measure(benches) {
  const { ensureBuild, serveBuild } = await import('./serve.mjs');
  const { launchBrowser } = await import('./browser.mjs');
  await ensureBuild();
  const server = await serveBuild();
  let browser = null;
  try {
    browser = await launchBrowser();
    const rows = [];
    for (const bench of benches) {
      const row = await bench.run({ browser, address: server.address });
      say(`${bench.name}: ${row.ours_ms === null ? '-' : `${round(row.ours_ms)} ms`}`);
      rows.push({ name: bench.name, peers: {}, dispatches: null, submits: null, gpu_bytes: null, adapter: null, ...row });
    }
    return rows;
  } finally {
    await browser?.close();
    await server.close();
  }
}

await runMain(async () => {
  const { only, json, list, help } = readArguments();
  if (help) return console.log(usage);
  ensureModules();
  const benches = await readBenches();
  if (list) return console.log(benches.map(({ name }) => name).join('\n'));
  const rows = await measure(choose(benches, only));
  printTable(rows);
  if (json) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
});
