/** Lines end in three ways; inside the reader in one. */

/** Line ends as `\n` only. */
export function unifyLineEnds(text: string): string {
  if (!text.includes('\r')) return text;
  const unix = text.replaceAll('\r\n', '\n');
  return unix.includes('\r') ? unix.replaceAll('\r', '\n') : unix;
}
