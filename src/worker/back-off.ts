/** When a lost device is asked for again: at once, then after longer and longer waits. */

const delaysMs = [0, 2, 10, 30, 30, 60, 120].map((seconds) => seconds * 1000);

export interface BackOff {
  /** Milliseconds until the next attempt. */
  next(): number;
  /** How many attempts were asked for since the last success. */
  attempts(): number;
  /** All waits of the list were taken; the last one repeats. */
  exhausted(): boolean;
  /** Begins anew: what was asked for has proved itself. */
  reset(): void;
}

export function createBackOff(): BackOff {
  let attempt = 0;
  return {
    next: () => delaysMs[Math.min(attempt++, delaysMs.length - 1)] as number,
    attempts: () => attempt,
    exhausted: () => attempt >= delaysMs.length,
    reset: () => {
      attempt = 0;
    },
  };
}
