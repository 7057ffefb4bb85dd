/** JSON of a pack as plain data: UTF-8 or nothing, bounded in depth, and no key that could reach an object's prototype. */
import { refusePack } from './refuse.ts';

const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
/** Far more than any record here has. */
const deepest = 32;

function depthOf(text: string): number {
  let [depth, most, inside] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inside && code === 0x5c) i++;
    else if (code === 0x22) inside = !inside;
    else if (inside) continue;
    else if (code === 0x7b || code === 0x5b) most = Math.max(most, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return most;
}

/** @throws StudioError `invalid-pack` with reason `content`, naming the entry */
export function readJson(bytes: Uint8Array, name: string): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (depthOf(text) > deepest) throw new Error('nested too deeply');
    return JSON.parse(text, (key, value) => {
      if (reserved.has(key)) throw new Error(`the key ${key} is not allowed`);
      return value;
    });
  } catch (thrown) {
    return refusePack('content', name, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** What is not finite becomes null, typed arrays become lists. */
export function writeJson(value: unknown): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(value, (_, entry) => (ArrayBuffer.isView(entry) ? Array.from(entry as Float32Array) : entry));
  return new TextEncoder().encode(text);
}
