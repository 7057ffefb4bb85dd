/**
 * A run that outlives its device: where the device is lost or has too little memory, the run goes on from its newest checkpoint on a fresh
 * one. Steps since then are taken again and give the same numbers; none of a dead device counts.
 */
import { StudioError } from '../lib/errors.ts';
import { halveMicroBatch } from '../training/halve-micro-batch.ts';
import { addIncident } from '../training/incidents.ts';
import type { Incident, NumberFault } from '../training/run.ts';
import type { Capture, RunCheckpoint } from '../training/run-checkpoint.ts';
import type { RunEvent, RunResult, RunSetup } from '../training/run-job.ts';
import { createBackOff } from './back-off.ts';
import type { Device } from './engine-access.ts';
import { stoppedAt } from './present-run.ts';

export type ResilientEvent =
  | Exclude<RunEvent, { type: 'noticed' }>
  /** All that the run went through. */
  | { readonly type: 'noticed'; readonly incidents: readonly Incident[] }
  | WaitingEvent;

/** No device can be had for the moment. `attempt` counts from 1. */
interface WaitingEvent {
  readonly type: 'waiting';
  readonly attempt: number;
  readonly delayMs: number;
}

type Work = (setup: RunSetup) => AsyncGenerator<RunEvent, RunResult>;

export interface ResilientSetup extends Omit<RunSetup, 'adapter' | 'backend' | 'checkErrors' | 'deviceBytes'> {
  /** What it went through before. */
  readonly incidents?: readonly Incident[] | undefined;
}

/** So often a device may be lost without a checkpoint in between. */
const mostLosses = 8;

/** Several submits of the run took too long: it is to go on in smaller pieces, on the same device. */
class TooLong {
  constructor(readonly ms: number) {}
}

/** Resolves early when the signal aborts. */
function waited(delayMs: number, signal: AbortSignal, hopeful: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener('abort', done);
    void hopeful.then(done);
  });
}

/** What really went wrong, where a thrown error is only its consequence. */
async function causeOf(thrown: unknown, device: Device): Promise<unknown> {
  const code = thrown instanceof StudioError ? thrown.code : null;
  if (thrown instanceof TooLong || code === 'device-lost' || code === 'out-of-memory') return thrown;
  if (code !== null && code !== 'gpu-error' && code !== 'zero-read') return thrown;
  if (await device.wasLost()) return new StudioError('device-lost', {}, String(thrown));
  try {
    device.engine().checkErrors();
  } catch (reported) {
    if (code !== 'zero-read' || (reported instanceof StudioError && reported.code === 'out-of-memory')) return reported;
  }
  return thrown;
}

/**
 * @param work what trains: it is begun anew after each fault, from the newest checkpoint that was captured
 * @returns as `work`; stopped while no device could be had, the run as its newest checkpoint has it
 * @throws what is not a fault of the device, and `device-lost` where it was lost again and again without a checkpoint in between, or stopped
 * before there was one
 */
export async function* runThroughFaults(work: Work, setup: ResilientSetup, device: Device): AsyncGenerator<ResilientEvent, RunResult> {
  const { signal, stopwatch } = setup;
  let { job, certificate } = setup;
  let kept: RunCheckpoint | undefined = setup.resume;
  let incidents: readonly Incident[] = setup.incidents ?? setup.resume?.run.incidents ?? [];
  let endWith: NumberFault | undefined;
  let losses = 0;
  /** What came up while a checkpoint was taken; the next pull ends on it. */
  let pending: unknown = null;
  let capture: Capture | null = null;

  const captured: Capture = async () => {
    try {
      const taken = (await capture?.()) ?? null;
      // What was read may be of a device that no longer computed.
      device.engine().checkErrors();
      if (!taken) return null;
      kept = { ...taken, run: { ...taken.run, incidents } };
      losses = 0;
      return kept;
    } catch (thrown) {
      pending = thrown;
      return null;
    }
  };
  const offer = (offered: Capture): void => {
    capture = offered;
    setup.offer?.(captured);
  };

  for (;;) {
    const { adapter, backend, checkErrors, deviceBytes } = device.engine();
    const loop = work({ ...setup, adapter, backend, checkErrors, deviceBytes, job, certificate, resume: kept, offer, endWith });
    let cause: unknown;
    try {
      for (;;) {
        if (pending !== null) throw pending;
        const pulled = await loop.next();
        if (pulled.done) return { ...pulled.value, run: { ...pulled.value.run, incidents } };
        const event = pulled.value;
        if (event.type === 'noticed') {
          incidents = addIncident(incidents, event.incident);
          yield { type: 'noticed', incidents };
          continue;
        }
        yield event.type === 'started' ? { ...event, run: { ...event.run, incidents }, series: event.series ?? {} } : event;
        if (event.type !== 'progressed' || event.progress.points.length === 0) continue;
        device.stepped(event.progress.step);
        const ms = device.tooLong();
        if (ms === null || !halveMicroBatch(job.training)) continue;
        if (await captured()) throw new TooLong(ms);
      }
    } catch (thrown) {
      cause = await causeOf(thrown, device);
    } finally {
      // Everything of the old device is let go before there is a new one.
      await loop.return(undefined as never);
    }
    pending = null;
    capture = null;
    const step = kept?.checkpoint.step ?? 0;
    const code = cause instanceof StudioError ? cause.code : null;
    if (cause instanceof TooLong || code === 'out-of-memory') {
      const training = halveMicroBatch(job.training);
      if (!training) throw cause;
      job = { ...job, training };
    } else if (code === 'zero-read') endWith = (cause as StudioError).parameters as unknown as NumberFault;
    else if (code !== 'device-lost' || ++losses > mostLosses) throw cause;
    const microBatch = job.training.microBatchSize;
    if (cause instanceof TooLong) {
      incidents = addIncident(incidents, { code: 'slow-device', parameters: { step, microBatch, ms: cause.ms } });
      continue;
    }
    const beganAt = performance.now();
    stopwatch?.pause();
    if (!(yield* renewed(device, losses, signal))) {
      if (!kept) throw new StudioError('device-lost');
      return stoppedAt({ ...kept, run: { ...kept.run, incidents } });
    }
    stopwatch?.resume();
    certificate = await device.engine().certify();
    const seconds = Math.round((performance.now() - beganAt) / 1000);
    if (code === 'device-lost') incidents = addIncident(incidents, { code, parameters: { step, seconds } });
    if (code === 'out-of-memory') incidents = addIncident(incidents, { code, parameters: { step, microBatch } });
  }
}

/** Asks for a device until there is one. @param losses in a row, this one counted @returns false where a person stops meanwhile */
export async function* renewed(device: Device, losses: number, signal: AbortSignal): AsyncGenerator<WaitingEvent, boolean> {
  const backOff = createBackOff(Math.max(0, losses - 1));
  for (let attempt = 1; ; attempt++) {
    const delayMs = backOff();
    if (delayMs > 0) {
      yield { type: 'waiting', attempt, delayMs };
      await waited(delayMs, signal, device.hopeful());
    }
    if (signal.aborted) return false;
    try {
      await device.renew();
      return true;
    } catch (thrown) {
      if (!(thrown instanceof StudioError) || thrown.code !== 'no-webgpu') throw thrown;
    }
  }
}
