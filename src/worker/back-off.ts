/** When a lost device is asked for again: at once, then after longer and longer waits. */

const delaysMs = [0, 2, 10, 30, 30, 60, 120].map((seconds) => seconds * 1000);

/** @param from waits that are left out at the beginning @returns milliseconds until the next attempt; the last of the list repeats */
export function createBackOff(from = 0): () => number {
  let attempt = from;
  return () => delaysMs[Math.min(attempt++, delaysMs.length - 1)] as number;
}
