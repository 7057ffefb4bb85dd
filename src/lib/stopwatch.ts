/** Training time without pauses. */

export interface Stopwatch {
  elapsedMs(): number;
  pause(): void;
  resume(): void;
}

/** Starts running at once. @param from milliseconds already spent */
export function createStopwatch(from = 0, now: () => number = () => performance.now()): Stopwatch {
  let spent = from;
  let since: number | null = now();
  return {
    elapsedMs: () => spent + (since === null ? 0 : now() - since),
    pause: () => {
      if (since === null) return;
      spent += now() - since;
      since = null;
    },
    resume: () => {
      since ??= now();
    },
  };
}
