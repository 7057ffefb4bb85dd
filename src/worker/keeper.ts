/** Decides when a run under way is kept: after every minute of training, every epoch, on pause, and when somebody asks (the page is hidden). */
import type { Capture, RunCheckpoint } from '../training/run-checkpoint.ts';
import type { ResilientEvent } from './through-faults.ts';

/** Training time between two checkpoints. */
export const keepingIntervalMs = 60_000;

export interface Keeper {
  /** What takes a checkpoint; a job gives it before its first event (`RunSetup.offer`). */
  offer(capture: Capture): void;
  /** One is wanted at the next chance. */
  request(): void;
  /** Sees every event of the job. */
  observe(event: ResilientEvent): void;
  /** Between two pulls: keeps a checkpoint where one is due. Calls follow one another, never side by side. */
  visit(): Promise<void>;
}

/**
 * @param elapsedMs training time without pauses
 * @param keep gets what is to be kept; it must not throw for what the storage refuses
 */
export function createKeeper(elapsedMs: () => number, keep: (kept: RunCheckpoint) => Promise<void>): Keeper {
  let capture: Capture | null = null;
  let wanted = false;
  let keptAt = elapsedMs();
  let last: Promise<void> = Promise.resolve();

  const keepIfDue = async (): Promise<void> => {
    if (!capture || !(wanted || elapsedMs() - keptAt >= keepingIntervalMs)) return;
    wanted = false;
    keptAt = elapsedMs();
    const kept = await capture();
    if (kept) await keep(kept);
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
    visit: () => {
      last = last.then(keepIfDue);
      return last;
    },
  };
}
