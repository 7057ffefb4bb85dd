/** What a file is by its first bytes: text goes on to be read, everything else is refused with its kind. */
import { type ErrorCode, StudioError } from '../../lib/errors.ts';

interface Signature {
  readonly code: ErrorCode;
  readonly kind: string;
  /** First bytes as Latin-1 text; `?` stands for any byte. */
  readonly start: string;
}

const signatures: readonly Signature[] = [
  { code: 'image-file', kind: 'PNG', start: '\x89PNG' },
  { code: 'image-file', kind: 'JPEG', start: '\xff\xd8\xff' },
  { code: 'image-file', kind: 'GIF', start: 'GIF8' },
  { code: 'image-file', kind: 'WebP', start: 'RIFF????WEBP' },
  { code: 'image-file', kind: 'TIFF', start: 'II*\0' },
  { code: 'image-file', kind: 'TIFF', start: 'MM\0*' },
  { code: 'image-file', kind: 'AVIF/HEIC', start: '????ftyp' },
  { code: 'archive-file', kind: 'ZIP', start: 'PK\x03\x04' },
  { code: 'archive-file', kind: 'ZIP', start: 'PK\x05\x06' },
  { code: 'archive-file', kind: 'gzip', start: '\x1f\x8b' },
  { code: 'archive-file', kind: 'bzip2', start: 'BZh' },
  { code: 'archive-file', kind: '7z', start: '7z\xbc\xaf\x27\x1c' },
  { code: 'archive-file', kind: 'xz', start: '\xfd7zXZ' },
  { code: 'archive-file', kind: 'Zstandard', start: '\x28\xb5\x2f\xfd' },
  { code: 'archive-file', kind: 'RAR', start: 'Rar!' },
  { code: 'not-text', kind: 'Feather', start: 'ARROW1' },
  { code: 'not-text', kind: 'Feather', start: 'FEA1' },
  { code: 'not-text', kind: 'Parquet', start: 'PAR1' },
  { code: 'not-text', kind: 'HDF5', start: '\x89HDF' },
  { code: 'not-text', kind: 'Excel', start: '\xd0\xcf\x11\xe0' },
  { code: 'not-text', kind: 'PDF', start: '%PDF' },
  { code: 'not-text', kind: 'SQLite', start: 'SQLite format 3' },
];

/** @throws StudioError `image-file`, `archive-file` or `not-text`, with the `kind` in its parameters. */
export function refuseBinary(head: Uint8Array): void {
  for (const { code, kind, start } of signatures) {
    if (head.length < start.length) continue;
    let equal = true;
    for (let i = 0; i < start.length && equal; i++) equal = start[i] === '?' || start.charCodeAt(i) === head[i];
    if (equal) throw new StudioError(code, { kind });
  }
  // "BM" alone could open a text; a bitmap has four zero bytes after its size.
  if (head[0] === 0x42 && head[1] === 0x4d && head.length > 10 && !head[6] && !head[7] && !head[8] && !head[9])
    throw new StudioError('image-file', { kind: 'BMP' });
}

/**
 * The same for text that is not a table.
 * @throws StudioError `empty-file`, `json-file`, `image-file` (SVG), `not-a-table` (HTML, XML) or `not-text`.
 */
export function refuseOtherText(head: string): void {
  const text = head.trimStart();
  if (text === '') throw new StudioError('empty-file');
  if (/^\{\s*("|\}|$)/.test(text) || /^\[\s*([[{"\d\-\]]|$)/.test(text)) throw new StudioError('json-file');
  if (/^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<svg[\s>]/is.test(text)) throw new StudioError('image-file', { kind: 'SVG' });
  if (/^<(\?xml|!doctype|html|head|body|table)\b/i.test(text)) throw new StudioError('not-a-table', { line: 1 });
  let strange = 0;
  for (let i = 0; i < head.length; i++) {
    const code = head.charCodeAt(i);
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 26)) strange++;
  }
  if (strange * 100 > head.length) throw new StudioError('not-text', { kind: '' });
}
