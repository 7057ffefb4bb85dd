/**
 * `npm run train -- --inspect FILE [--out DIR]`: the health report of a file without training. It runs the studio's own reader in Node,
 * so that no browser and no build is needed; prints `health.json` and writes it, with the same in words, where `--out` says.
 */
import { mkdirSync, openAsBlob, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runnerImport } from 'vite';
import { createProgressLine } from './progress-line.mjs';
import { root, SetupError } from './setup.mjs';

/** One of the app's own modules; they are TypeScript, which Vite runs. */
async function importSource(file) {
  return (await runnerImport(path.join(root, 'src', file), { root, configFile: false, logLevel: 'error' })).module;
}

/** Reads a file; a refusal becomes the one sentence that the page would show. */
async function read(file) {
  const { inspectFile } = await importSource('data/inspect-file.ts');
  const progress = createProgressLine();
  const onProgress = (bytes, total, rows) => total > 20e6 && progress.show(`${Math.floor((100 * bytes) / total)} % · ${rows} bars`);
  try {
    return await inspectFile(await openAsBlob(file), path.basename(file), { onProgress });
  } catch (thrown) {
    if (thrown?.name !== 'StudioError') throw thrown;
    const { errors } = await importSource('i18n/en/errors.ts');
    throw new SetupError(errors[thrown.code].message.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => String(thrown.parameters[name] ?? '')));
  } finally {
    progress.end();
  }
}

/** @throws SetupError with one sentence when the file is refused or `out` cannot be written */
export async function inspect({ inspect: file, out }) {
  const { document, text } = await read(file);
  const json = `${JSON.stringify(document, null, 2)}\n`;
  process.stdout.write(json);
  if (!out) return;
  try {
    mkdirSync(out, { recursive: true });
    writeFileSync(path.join(out, 'health.json'), json);
    writeFileSync(path.join(out, 'health.txt'), text);
  } catch (thrown) {
    throw new SetupError(`--out: ${out} cannot be written to (${thrown.code}).`);
  }
}
