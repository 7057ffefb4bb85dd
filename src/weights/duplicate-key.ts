/** Finds a key that occurs twice in one object of a JSON text, which JSON.parse passes over in silence (the last one wins). */

/** Position after the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
}

/**
 * The first key repeated within its own object, or null. Reads in one pass without recursion, however long or deep.
 * @param text JSON that has already been parsed without error.
 */
export function duplicateKey(text: string): string | null {
  /** Keys seen in each open object; null for an open array. */
  const open: (Set<string> | null)[] = [];
  let pending = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(text, at);
      pending = text.slice(at, end);
      at = end - 1;
    } else if (character === ':') {
      const key = JSON.parse(pending) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return null;
}
