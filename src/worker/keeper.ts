/** Decides when a run under way is kept: after every minute of training, every epoch, on pause, and when somebody asks (the page is hidden). */
import type { Capture, RunCheckpoint } from '../training/run-checkpoint.ts';
import type { RunEvent } from '../training/run-job.ts';

/** Training time between two checkpoints. */
export const keepingIntervalMs = 60_000;

export interface Keeper {
  /** What takes a checkpoint; a job gives it before its first event (`RunSetup.offer`). */
  offer(capture: Capture): void;
  /** One is wanted at the next chance. */
  request(): void;
  /** Sees every event of the job. */
  observe(event: RunEvent): void;
  /** Between two pulls: keeps a checkpoint where one is due, also one that was asked for meanwhile. Calls follow one another, never side by side. */
  visit(): Promise<void>;
  /** A checkpoint for somebody else than the store, at the next visit; null where there is none. */
  take(): Promise<RunCheckpoint | null>;
  /** No visit follows. */
  close(): void;
}

/**
 * @param elapsedMs training time without pauses
 * @param keep gets what is to be kept; it must not throw for what the storage refuses
 */
export function createKeeper(elapsedMs: () => number, keep: (kept: RunCheckpoint) => Promise<void>): Keeper {
  let capture: Capture | null = null;
  let wanted = false;
  let closed = false;
  const asked: ((kept: RunCheckpoint | null) => void)[] = [];
  let keptAt = elapsedMs();
  let last: Promise<void> = Promise.resolve();

  const keepIfDue = async (): Promise<void> => {
    while (capture && (wanted || asked.length > 0 || elapsedMs() - keptAt >= keepingIntervalMs)) {
      wanted = false;
      keptAt = elapsedMs();
      const kept = await capture();
      for (const give of asked.splice(0)) give(kept);
      if (kept) await keep(kept);
    }
  };

  return {
    offer: (given) => {
      capture = given;
    },
    request: () => {
      wanted = true;
    },
    observe: (event) => {
      wanted ||= event.type === 'evaluated';
    },
    take: async () => {
      if (closed) return null;
      return new Promise((resolve) => {
        asked.push(resolve);
      });
    },
    close: () => {
      closed = true;
      for (const give of asked.splice(0)) give(null);
    },
    visit: () => {
      last = last.then(keepIfDue);
      return last;
    },
  };
}
