/** Which encoding a file's bytes are in, told from its byte order mark, its zero bytes, or whether it is valid UTF-8. */
import type { Encoding } from '../table-format.ts';

/** The encoding of a file, from its first bytes and from samples of the rest (a name in Chinese may appear only there). */
export function detectEncoding(head: Uint8Array, samples: readonly Uint8Array[]): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const wide = detectWide(head);
  if (wide) return wide;
  const pieces = [head, ...samples];
  if (pieces.every((piece, i) => isUtf8(piece, i > 0))) return 'utf-8';
  return pieces.some(hasPairedHighBytes) ? 'gb18030' : 'windows-1252';
}

/** UTF-16 without a mark: digits and commas have a zero in every other byte. */
function detectWide(head: Uint8Array): Encoding | null {
  let [even, odd] = [0, 0];
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 0) continue;
    if (i % 2) odd++;
    else even++;
  }
  const half = head.length / 2;
  if (odd > 0.6 * half && even < 0.05 * half) return 'utf-16le';
  return even > 0.6 * half && odd < 0.05 * half ? 'utf-16be' : null;
}

function isUtf8(bytes: Uint8Array, cutInside: boolean): boolean {
  let start = 0;
  // A sample may begin inside a character: skip its continuation bytes.
  while (cutInside && start < 3 && start < bytes.length && ((bytes[start] as number) & 0xc0) === 0x80) start++;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start), { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Chinese in GB encodings comes in pairs of high bytes; the umlauts of Western encodings stand alone between letters. */
function hasPairedHighBytes(bytes: Uint8Array): boolean {
  let [paired, alone] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] as number) < 0x80) continue;
    let run = 1;
    while (i + run < bytes.length && (bytes[i + run] as number) >= 0x80) run++;
    if (run === 1) alone++;
    else paired++;
    i += run;
  }
  return paired > alone;
}
