/** A run as one zip that reopens its screen: record, curves, tensors, and documents for people, under a manifest with a checksum for each. */
import { type Zippable, zipSync } from 'fflate';
import { sha256 } from '../../data/reading/sha256.ts';
import type { NamedTensor } from '../../models/named-tensor.ts';
import type { RunSummary } from '../../training/run.ts';
import type { Series } from '../../training/series.ts';
import { appName, appVersion } from '../app-version.ts';
import { exportMetadata } from '../metadata.ts';
import { packSafetensors } from '../safetensors.ts';
import { manifestName, packFormat, packVersion } from './entries.ts';
import { writeJson } from './json.ts';
import { writableSeries } from './run-schema.ts';

/** Tensors of a run by what they are for; an empty list leaves its file out. */
export interface PackTensors {
  /** The best weights under their state_dict names. */
  readonly weights: readonly NamedTensor[];
  /** State to continue from on the same curve. */
  readonly optimizer: readonly NamedTensor[];
  /** Windows with the answers of the weights, and the bars they come from. */
  readonly examples: readonly NamedTensor[];
  /** Answers to all test windows. */
  readonly predictions: readonly NamedTensor[];
}

export interface PackContent extends PackTensors {
  readonly run: RunSummary;
  readonly series: Series;
  /** Text by file name, for people and other programs. */
  readonly documents: Readonly<Record<string, string>>;
}

/** Weights hardly shrink: they are stored as they are. */
const stored = { level: 0 } as const;

/** @param createdAt milliseconds since the epoch; it is also the time of the entries, so that the same run gives the same file */
export async function writePack(content: PackContent, createdAt: number): Promise<ArrayBuffer> {
  const { run, series, documents } = content;
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, text] of Object.entries(documents)) files.set(name, new TextEncoder().encode(text));
  files.set('run.json', writeJson(run));
  files.set('series.json', writeJson(writableSeries(series)));
  for (const kind of ['weights', 'optimizer', 'examples', 'predictions'] as const) {
    const tensors = content[kind];
    if (tensors.length > 0) files.set(`${kind}.safetensors`, new Uint8Array(packSafetensors(tensors, exportMetadata(run))));
  }
  const entries = [];
  for (const [name, bytes] of files) entries.push({ name, bytes: bytes.length, sha256: await sha256(bytes) });
  const manifest = { format: packFormat, version: packVersion, application: appName, applicationVersion: appVersion, createdAt, entries };
  const zip: Zippable = { [manifestName]: writeJson(manifest) };
  for (const [name, bytes] of files) zip[name] = name.endsWith('.safetensors') ? [bytes, stored] : bytes;
  const packed = zipSync(zip, { mtime: Math.max(createdAt, Date.UTC(1981, 0, 1)) });
  return packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength) as ArrayBuffer;
}
