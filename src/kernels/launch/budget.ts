/**
 * Keeps every submit short: an operating system resets a GPU that works on one for about two seconds, and a page stutters long before.
 * Heavy launches say their floating-point operations; the pace of the device is learnt from how long submits really took.
 */
import { type BackendAccess, flush } from './backend-access.ts';
import { hostStoodStill } from './host-pace.ts';

interface Pace {
  /** Milliseconds a submit may take; null leaves submits alone. */
  budgetMs: number | null;
  /** Floating-point operations a millisecond, learnt; null before the first measured submit. */
  rate: number | null;
  /** Operations recorded since the last submit. */
  recorded: number;
  lastDoneAt: number;
  /** Submits that took more than twice the budget although they were split as far as they can be, and the longest of them. */
  readonly tooLong: { count: number; ms: number };
  /** Changes with the device: what an earlier one still has to tell is not taken for the pace of this one. */
  era: number;
}

/** Before anything was measured: a slow integrated GPU. */
const firstRate = 5e6;
/** One long submit may be the first of a device that is waking up, or another program's. */
const fewTooLong = 3;

const pace: Pace = { budgetMs: null, rate: null, recorded: 0, lastDoneAt: 0, tooLong: { count: 0, ms: 0 }, era: 0 };

/** For a device that was just brought up. @param budgetMs null turns splitting off (software adapters have no watchdog) */
export function setSubmitBudget(budgetMs: number | null, rate: number | null = null): void {
  Object.assign(pace, { budgetMs, rate, recorded: 0, lastDoneAt: 0, tooLong: { count: 0, ms: 0 }, era: pace.era + 1 });
}

const affordable = (): number => (pace.budgetMs === null ? Number.POSITIVE_INFINITY : pace.budgetMs * (pace.rate ?? firstRate));

/** Call before recording a launch: sends what is recorded where the launch would make the submit too long. */
export function beforeLaunch(flops: number): void {
  if (pace.budgetMs === null) return;
  if (pace.recorded > 0 && pace.recorded + flops > affordable()) flush();
  pace.recorded += flops;
}

/** Time steps of a recurrence that one submit can hold, at least one. @param flops of one step */
export function timeStretch(flops: number, time: number): number {
  return Math.max(1, Math.min(time, Math.floor(affordable() / flops)));
}

/** Milliseconds of the longest submit where several were too long since the last call: smaller pieces of work are wanted. Else null. */
export function tooLongSubmits(): number | null {
  const { count, ms } = pace.tooLong;
  if (count < fewTooLong) return null;
  Object.assign(pace.tooLong, { count: 0, ms: 0 });
  return ms;
}

let submits = 0;

/** Submits so far, of every backend. */
export const submitCount = (): number => submits;

/** Watches a fresh backend's submits: counts them and learns the device's pace. */
export function watchSubmits(backend: unknown): void {
  const access = backend as BackendAccess;
  const submit = access.submitQueue.bind(access);
  access.submitQueue = () => {
    submits++;
    const { recorded, era } = pace;
    pace.recorded = 0;
    const submittedAt = performance.now();
    submit();
    if (pace.budgetMs === null || recorded === 0) return;
    void access.device.queue.onSubmittedWorkDone().then(() => {
      if (era !== pace.era || pace.budgetMs === null) return;
      const now = performance.now();
      // Submits run one after the other: this one began when the one before it ended.
      const began = Math.max(submittedAt, pace.lastDoneAt);
      const tookMs = Math.max(0.1, now - began);
      pace.lastDoneAt = now;
      const seen = recorded / tookMs;
      pace.rate = pace.rate === null ? seen : Math.min(seen, 0.8 * pace.rate + 0.2 * seen);
      if (tookMs <= 2 * pace.budgetMs || hostStoodStill(began)) return;
      Object.assign(pace.tooLong, { count: pace.tooLong.count + 1, ms: Math.max(pace.tooLong.ms, Math.round(tookMs)) });
    });
  };
}
