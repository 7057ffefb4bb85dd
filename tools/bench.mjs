/**
 * `npm run bench`: the measurements in `bench/`, printed as a table. `bench/*.bench.mjs` measure the built studio in a browser (each exports
 * `benches`, a list of `{ name, run(context) }`); `bench/engine/` measures training steps, in a browser or in Node.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chooseNames, readArguments, usage } from './bench-arguments.mjs';
import { collectRows, report } from './bench-table.mjs';
import { ensureModules, root, runMain, SetupError, say } from './setup.mjs';

/** The benches of the whole studio by name, in the order of their files. */
async function readPageBenches() {
  const folder = path.join(root, 'bench');
  const files = readdirSync(folder).filter((name) => name.endsWith('.bench.mjs'));
  const modules = await Promise.all(files.sort().map((name) => import(pathToFileURL(path.join(folder, name)).href)));
  return new Map(modules.flatMap(({ benches }) => benches).map((bench) => [bench.name, bench]));
}

/** The studio's build in a browser, opened when the first bench asks for it. */
function studioHost({ software }) {
  let opened = null;
  const open = async () => {
    const { ensureBuild, serveBuild } = await import('./serve.mjs');
    const { launchBrowser } = await import('./browser.mjs');
    await ensureBuild();
    return { server: await serveBuild(), browser: await launchBrowser({ software }) };
  };
  return {
    run: async (bench) => {
      opened ??= await open();
      return bench.run({ browser: opened.browser, address: opened.server.address });
    },
    close: async () => {
      await opened?.browser.close();
      await opened?.server.close();
    },
  };
}

async function measureInChromium(names, pageBenches, options) {
  const { openChromiumHost } = await import('./engine-bench.mjs');
  const studio = studioHost(options);
  const engine = names.every((name) => pageBenches.has(name)) ? null : await openChromiumHost(options);
  try {
    const measure = (name) => (pageBenches.has(name) ? studio.run(pageBenches.get(name)) : engine.measure(name, options));
    return await collectRows(names, measure, { json: options.json, say });
  } finally {
    await engine?.close();
    await studio.close();
  }
}

/** The bundle reads the same arguments, prints the same table and gives the same exit code. */
async function runInNode(parameters) {
  const { buildNode } = await import('./engine-bench-build.mjs');
  const built = await buildNode();
  const { status } = spawnSync(process.execPath, [built, ...parameters], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

await runMain(async () => {
  const parameters = process.argv.slice(2);
  const read = (use) => {
    try {
      return use();
    } catch (thrown) {
      throw new SetupError(`${thrown.message} (${usage})`);
    }
  };
  const options = read(() => readArguments(parameters));
  if (options.help) return console.log(usage);
  ensureModules();
  const { readEngineNames, writeBundle } = await import('./engine-bench-build.mjs');
  if (options.bundle) return writeBundle(path.resolve(options.bundle));
  const pageBenches = options.host === 'node' ? new Map() : await readPageBenches();
  const known = [...pageBenches.keys(), ...(await readEngineNames())];
  const names = read(() => chooseNames(known, options.only));
  if (options.list) return console.log(known.join('\n'));
  if (options.host === 'node') return runInNode(parameters);
  process.exitCode = report(await measureInChromium(names, pageBenches, options));
});
