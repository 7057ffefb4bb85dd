/** What a run pack is made of: the names in its zip, which of them are read back, and how much each may hold. */

/** Written into the manifest; a pack of a newer version is refused with a word. */
export const packFormat = 'kline-studio-run';
export const packVersion = 1;
export const manifestName = 'manifest.json';

const mebibyte = 2 ** 20;

/** Entries that are read back, with the most bytes that each may unpack to. */
export const readEntries = {
  'manifest.json': mebibyte,
  'run.json': 32 * mebibyte,
  'series.json': 32 * mebibyte,
  'weights.safetensors': 1024 * mebibyte,
  'optimizer.safetensors': 256 * mebibyte,
  'examples.safetensors': 256 * mebibyte,
  'predictions.safetensors': 256 * mebibyte,
} as const;
export type ReadEntry = keyof typeof readEntries;

export const isReadEntry = (name: string): name is ReadEntry => Object.hasOwn(readEntries, name);

/** Entries for people and other programs: checked like the rest, never read back. */
export const documentLimit = 64 * mebibyte;
/** All entries together, unpacked. */
export const totalLimit = 1536 * mebibyte;
export const entryLimit = 64;

/** Relative, lower case, one folder at most: nothing that could point elsewhere or be anything but a file's name. */
const safeName = /^(?:[a-z0-9][a-z0-9._-]{0,63}\/)?[a-z0-9][a-z0-9._-]{0,63}$/;

/** Whether a name may stand in a zip that is opened here; the studio's own documents may also be called in Chinese or upper case. */
export function isSafeName(name: string): boolean {
  if (name.length > 128 || name.includes('..')) return false;
  return safeName.test(name) || documents.has(name);
}

const documents: ReadonlySet<string> = new Set(['README.md', '当前训练配置.md', 'current_training_configuration.md']);
