/** Takes run packs apart and puts them together again, honestly signed, so that tests can plant one fault at a time. */
import { unzipSync, zipSync } from 'fflate';
import { sha256 } from '../../data/reading/sha256.ts';

export type Entries = Record<string, Uint8Array>;

export const entriesOf = (pack: ArrayBuffer): Entries => unzipSync(new Uint8Array(pack));

/** A zip of these entries as they are. */
export const zipped = (entries: Entries): File => new File([zipSync(entries, { level: 1 }).slice()], 'run.zip');

const encoder = new TextEncoder();

/** The entries with a manifest that fits them; `manifest` changes it afterwards. */
export async function signed(entries: Entries, manifest: Record<string, unknown> = {}): Promise<File> {
  const { 'manifest.json': own, ...rest } = entries;
  const known = JSON.parse(new TextDecoder().decode(own)) as Record<string, unknown>;
  const listed = await Promise.all(
    Object.entries(rest).map(async ([name, bytes]) => ({ name, bytes: bytes.length, sha256: await sha256(bytes.slice()) })),
  );
  const text = JSON.stringify({ ...known, entries: listed, ...manifest });
  return zipped({ 'manifest.json': encoder.encode(text), ...rest });
}

/** The entries with the text of one of them changed. */
export function withText(entries: Entries, name: string, change: (text: string) => string): Entries {
  return { ...entries, [name]: encoder.encode(change(new TextDecoder().decode(entries[name]))) };
}
