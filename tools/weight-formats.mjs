/** The formats that `--formats` knows: which button of the page gives each, and how the runner names and saves what comes. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './setup.mjs';

/** By name: the page's own name for it, the ending of the file, and the runs that have it. */
const formats = {
  safetensors: { kind: 'weights', ending: 'safetensors', offered: () => true },
  fp16: { kind: 'half', ending: 'fp16.safetensors', offered: () => true },
  pth: { kind: 'pth', ending: 'pth', offered: () => true },
  onnx: { kind: 'onnx', ending: 'onnx', offered: (model) => model !== 'pretraining' },
  tfjs: { kind: 'tfjs', ending: 'tfjs', offered: () => true },
  heads: { kind: 'heads', ending: 'heads.safetensors', offered: (model) => model === 'peft-transformer' },
  pack: { kind: 'pack', ending: 'zip', offered: () => true },
};

export const formatNames = Object.keys(formats);

/**
 * Formats from texts like `pth,onnx`; `all` is every one.
 * @throws SetupError that names what is not known
 */
export function readFormats(texts) {
  const asked = texts.flatMap((text) => text.split(',')).map((text) => text.trim());
  const unknown = asked.find((name) => name !== 'all' && !formatNames.includes(name));
  if (unknown !== undefined) throw new SetupError(`--formats is one or more of ${formatNames.join(', ')}, or all, not "${unknown}".`);
  return asked.includes('all') ? formatNames : formatNames.filter((name) => asked.includes(name));
}

/** A TensorFlow.js model is a folder, which the page gives as a zip. */
async function unpackFolder(zip, folder) {
  const { unzipSync } = await import('fflate');
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) writeFileSync(path.join(folder, path.basename(name)), bytes);
  rmSync(zip);
}

/**
 * Saves one format of every run of a model under `out`: `best_gru.onnx`, and `best_gru-2.onnx` for the next seed or fold. A run pack is
 * `run.zip` where the model is the `only` one, else `run_gru.zip`.
 */
export async function saveFormat(page, model, name, out, only = false) {
  const { kind, ending, offered } = formats[name];
  if (!offered(model)) return;
  const { download, downloadFormat } = await import('./studio-page.mjs');
  if (kind === 'pack') return download(page, `download-pack-${model}`, path.join(out, only ? 'run.zip' : `run_${model}.zip`));
  const stem = path.join(out, model === 'pretraining' ? 'pretrained_base' : `best_${model}`);
  if (kind === 'weights') return download(page, `download-weights-${model}`, `${stem}.${ending}`);
  const fileOf = (index) => `${stem}${index === 0 ? '' : `-${index + 1}`}.${ending}`;
  const saved = await downloadFormat(page, model, kind, (index) => (kind === 'tfjs' ? `${fileOf(index)}.zip` : fileOf(index)));
  if (kind === 'tfjs') for (const zip of saved) await unpackFolder(zip, zip.slice(0, -'.zip'.length));
}
