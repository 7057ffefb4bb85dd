/** SHA-256 of a file, the identity of a data set: the platform's where there is one, else FIPS 180-4 written out (pages served without TLS have none). */

/** Hex digest of `bytes`. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  return subtle ? toHex(new Uint8Array(await subtle.digest('SHA-256', bytes))) : toHex(digest(bytes));
}

const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const primes = (() => {
  const found: number[] = [];
  for (let candidate = 2; found.length < 64; candidate++) if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
})();
const fractionBits = (value: number): number => ((value - Math.floor(value)) * 4294967296) | 0;
const constants = Int32Array.from(primes, (prime) => fractionBits(Math.cbrt(prime)));
const rotate = (word: number, count: number): number => (word >>> count) | (word << (32 - count));

/** The algorithm itself; names as in FIPS 180-4. Only the last block is copied. */
export function digest(bytes: Uint8Array): Uint8Array {
  const state = Int32Array.from(primes.slice(0, 8), (prime) => fractionBits(Math.sqrt(prime)));
  const whole = bytes.length - (bytes.length % 64);
  const tail = new Uint8Array(bytes.length - whole < 56 ? 64 : 128);
  tail.set(bytes.subarray(whole));
  tail[bytes.length - whole] = 0x80;
  new DataView(tail.buffer).setUint32(tail.length - 8, Math.floor(bytes.length / 0x20000000));
  new DataView(tail.buffer).setUint32(tail.length - 4, (bytes.length << 3) >>> 0);
  const schedule = new Int32Array(64);
  for (let at = 0; at < whole; at += 64) compress(state, schedule, bytes, at);
  for (let at = 0; at < tail.length; at += 64) compress(state, schedule, tail, at);
  const result = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    result.setInt32(4 * i, word);
  });
  return new Uint8Array(result.buffer);
}

function compress(state: Int32Array, schedule: Int32Array, bytes: Uint8Array, at: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 64);
  for (let t = 0; t < 16; t++) schedule[t] = view.getInt32(4 * t);
  for (let t = 16; t < 64; t++) {
    const [early, late] = [schedule[t - 15] as number, schedule[t - 2] as number];
    const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[t] = (schedule[t - 16] as number) + sigma0 + (schedule[t - 7] as number) + sigma1;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t++) {
    const first =
      h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + (constants[t] as number) + (schedule[t] as number);
    const second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i] as number) + word;
  });
}
