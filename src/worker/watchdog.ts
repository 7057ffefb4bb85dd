/** Tells a busy worker from a dead one: it is asked every two seconds, and one that says nothing at all for eight is given up. */

export interface Watchdog {
  /** The worker has said something. @param quietMs where it announces work that cannot be interrupted: so long it may be silent; 0 ends that */
  heard(quietMs?: number): void;
  stop(): void;
}

interface Watched {
  /** Asks for a sign of life. */
  readonly ask: () => void;
  /** Called once, when the worker is given up. */
  readonly onSilence: () => void;
  /** Longer silences are borne where an earlier worker was given up for nothing. */
  readonly patience?: number | undefined;
}

const everyMs = 2000;
const silenceMs = 8000;

/**
 * Begins at once. A page that itself stood still (a sleeping or stopped machine, a throttled tab) does not count that time as silence, but
 * once: where its clock jumps again and nothing was heard between, only its timers are slowed down, and the worker had time to answer.
 */
export function watchOver({ ask, onSilence, patience = 1 }: Watched): Watchdog {
  let tickAt = performance.now();
  let quietUntil = tickAt + silenceMs * patience;
  /** A jump of the clock was forgiven, and nothing was heard since. */
  let forgiven = false;
  const timer = setInterval(() => {
    const now = performance.now();
    const missed = now - tickAt - everyMs;
    tickAt = now;
    // Messages that came while the page stood still wait behind this very tick.
    if (missed > everyMs && !forgiven) {
      forgiven = true;
      quietUntil = Math.max(quietUntil, now + silenceMs * patience);
    }
    if (now < quietUntil) return ask();
    clearInterval(timer);
    onSilence();
  }, everyMs);
  return {
    heard(quietMs) {
      forgiven = false;
      const until = performance.now() + Math.max(quietMs ?? 0, silenceMs) * patience;
      quietUntil = quietMs === undefined ? Math.max(quietUntil, until) : until;
    },
    stop: () => clearInterval(timer),
  };
}
