/** Text to bytes in the encodings that the platform only reads, for made test files. */

/** UTF-16, big- or little-endian, with or without a byte order mark. */
export const utf16 = (text: string, big: boolean, mark: boolean): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(2 * (text.length + (mark ? 1 : 0)));
  const view = new DataView(bytes.buffer);
  for (const [i, letter] of [...(mark ? '\uFEFF' : ''), ...text].entries()) view.setUint16(2 * i, letter.charCodeAt(0), !big);
  return bytes;
};
/** Common Chinese letters to their bytes; the platform decodes GB18030 but does not encode it. */
const gbLetters: Readonly<Record<string, readonly [number, number]>> = Object.fromEntries(
  (() => {
    const decoder = new TextDecoder('gb18030');
    const entries: [string, [number, number]][] = [];
    for (let lead = 0xb0; lead <= 0xf7; lead++) {
      for (let trail = 0xa1; trail <= 0xfe; trail++) entries.push([decoder.decode(new Uint8Array([lead, trail])), [lead, trail]]);
    }
    return entries;
  })(),
);
/** Chinese as older Windows programs write it. */
export const gbk = (text: string) => new Uint8Array([...text].flatMap((letter) => gbLetters[letter] ?? [letter.charCodeAt(0)]));
/** Western text of older Windows programs (letters up to U+00FF). */
export const latin1 = (text: string) => new Uint8Array([...text].map((letter) => letter.charCodeAt(0)));
