/** Reads a run pack: unpacked under caps, every entry against its checksum, every record against its schema. Nothing is taken from a file that fails one. */
import { z } from 'zod/mini';
import { sha256 } from '../../data/reading/sha256.ts';
import type { NamedTensor } from '../../models/named-tensor.ts';
import type { RunSummary } from '../../training/run.ts';
import type { Series } from '../../training/series.ts';
import { readSafetensors } from '../safetensors.ts';
import { entryLimit, isReadEntry, manifestName, packFormat, packVersion } from './entries.ts';
import { readJson } from './json.ts';
import { refusePack } from './refuse.ts';
import { parseRun, parseSeries } from './run-schema.ts';
import { type Limits, packLimits, unpack } from './unpack.ts';
import type { PackTensors } from './write-pack.ts';

export interface ReadPack extends PackTensors {
  readonly run: RunSummary;
  readonly series: Series;
  /** Entries that the manifest does not know: left alone, and told. */
  readonly ignored: readonly string[];
}

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

const manifestSchema = z.object({
  format: z.literal(packFormat),
  version: z.int(),
  entries: z
    .array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string().check(z.maxLength(64)) }))
    .check(z.maxLength(entryLimit)),
});

/** Checks each entry that the manifest lists. @returns names in the zip that it does not list */
async function checkManifest(files: Files): Promise<string[]> {
  const bytes = files.get(manifestName);
  if (!bytes) return refusePack('not-a-pack', manifestName);
  const parsed = manifestSchema.safeParse(readJson(bytes, manifestName));
  if (!parsed.success) return refusePack('content', manifestName, parsed.error.issues[0]?.message);
  const { version, entries } = parsed.data;
  if (version !== packVersion) refusePack('version', String(version));
  const listed = new Set([manifestName]);
  for (const { name, bytes: size, sha256: expected } of entries) {
    if (listed.has(name)) refusePack('twice', name);
    listed.add(name);
    const own = files.get(name);
    if (!own) refusePack('missing', name);
    if (own.length !== size || (await sha256(own)) !== expected) refusePack('checksum', name);
  }
  const unlisted = [...files.keys()].filter((name) => !listed.has(name));
  const posing = unlisted.find(isReadEntry);
  if (posing) refusePack('checksum', posing);
  return unlisted;
}

function need(files: Files, name: string): Uint8Array<ArrayBuffer> {
  return files.get(name) ?? refusePack('missing', name);
}

function tensorsOf(files: Files, name: string): readonly NamedTensor[] {
  const bytes = files.get(name);
  if (!bytes) return [];
  const { tensors } = readSafetensors(bytes.buffer);
  return tensors;
}

/** Every value must be a number: one that is not would spread through whatever is computed from it. */
function requireFinite(tensors: readonly NamedTensor[], file: string): void {
  for (const { name, data } of tensors)
    if (!data.every(Number.isFinite)) refusePack('content', `${file}: ${name}`, 'a value is not finite');
}

/** @throws StudioError `invalid-pack`, or `invalid-weights` for a safetensors file inside */
export async function readPack(file: Blob, limits: Limits = packLimits): Promise<ReadPack> {
  const files = await unpack(file, limits);
  const ignored = await checkManifest(files);
  const run = parseRun(readJson(need(files, 'run.json'), 'run.json'));
  if ('fault' in run) return refusePack('content', `run.json: ${run.fault.path}`, run.fault.expected);
  const series = parseSeries(readJson(need(files, 'series.json'), 'series.json'));
  if ('fault' in series) return refusePack('content', `series.json: ${series.fault.path}`, series.fault.expected);
  need(files, 'weights.safetensors');
  const tensors = {
    weights: tensorsOf(files, 'weights.safetensors'),
    optimizer: tensorsOf(files, 'optimizer.safetensors'),
    examples: tensorsOf(files, 'examples.safetensors'),
    predictions: tensorsOf(files, 'predictions.safetensors'),
  };
  for (const [kind, list] of Object.entries(tensors)) requireFinite(list, `${kind}.safetensors`);
  return { run: run.value, series: series.value, ...tensors, ignored };
}
