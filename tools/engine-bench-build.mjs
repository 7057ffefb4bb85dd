/** Builds `bench/engine/` with Vite outside of `dist/`: a page for Chromium, and one self-contained module for Node. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, runnerImport } from 'vite';
import { root } from './setup.mjs';

const source = path.join(root, 'bench', 'engine');
const cache = path.join(root, 'node_modules', '.cache', 'engine-bench');
const shared = { configFile: false, logLevel: 'error', publicDir: false };
// A bench page is no download.
const large = { chunkSizeWarningLimit: 10_000, target: 'esnext', emptyOutDir: true, reportCompressedSize: false };

/** Names of the engine benches, in the order of the table. */
export async function readEngineNames() {
  const { module } = await runnerImport(path.join(source, 'names.ts'), { root, configFile: false, logLevel: 'error' });
  return module.engineNames;
}

/** @returns folder with the page's `index.html` */
export async function buildPage() {
  const outDir = path.join(cache, 'page');
  await build({ ...shared, root: source, build: { ...large, outDir } });
  return outDir;
}

// tfjs asks for Node's own modules by `require`, which an ES module lacks.
const banner = `import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);`;

/** @returns path of the module; it needs nothing but the package `webgpu` beside it */
export async function buildNode(outDir = path.join(cache, 'node')) {
  await build({
    ...shared,
    root,
    ssr: { noExternal: true },
    build: {
      ...large,
      emptyOutDir: false,
      outDir,
      ssr: path.join(source, 'node.ts'),
      rolldownOptions: { external: ['webgpu'], output: { banner, codeSplitting: false, entryFileNames: 'bench.mjs' } },
    },
  });
  return path.join(outDir, 'bench.mjs');
}

const readMe = `# K-line Studio engine bench

Runs without a build and without installing anything, on Node 20 or newer of the platform it was written on:

    node bench.mjs [--only NAME,…] [--json FILE] [--list] [--steps N] [--no-peers] [--software]

It takes the GPU that the system's driver offers (on Linux the Vulkan loader \`libvulkan.so.1\` and the driver's ICD file must be there). Where
there is none, or with \`--software\`, it looks for the SwiftShader that comes with Chromium; VK_ICD_FILENAMES and LD_LIBRARY_PATH choose another.
\`node_modules/webgpu\` is the npm package of that name, for this platform only.
`;

/** Writes what another machine needs to run the engine benches in Node: the module, `webgpu` for this platform, and a README. */
export async function writeBundle(folder) {
  mkdirSync(folder, { recursive: true });
  await buildNode(folder);
  const [from, to] = [root, folder].map((base) => path.join(base, 'node_modules', 'webgpu'));
  const platform = `${process.platform}-${process.platform === 'darwin' ? 'universal' : process.arch}`;
  for (const part of ['package.json', 'index.js', 'LICENSE.md', path.join('dist', platform)])
    cpSync(path.join(from, part), path.join(to, part), { recursive: true });
  writeFileSync(path.join(folder, 'README.md'), readMe);
}
