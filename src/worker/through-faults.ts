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

/** What of the device a run that outlives it needs. */
export interface Renewable {
  /** Of the device in use. */
  access(): Pick<RunSetup, 'adapter' | 'backend' | 'checkErrors' | 'deviceBytes'>;
  certify(): Promise<RunSetup['certificate']>;
  wasLost(): Promise<boolean>;
  /** @throws while there is no adapter */
  renew(): Promise<void>;
  /** Resolves when an attempt is worth making before its time: the page is seen again. */
  hopeful(): Promise<void>;
}

export type ResilientEvent =
  | RunEvent
  /** No device can be had for the moment. `attempt` counts from 1. */
  | { readonly type: 'waiting'; readonly attempt: number; readonly delayMs: number };

type Work = (setup: RunSetup) => AsyncGenerator<RunEvent, RunResult>;
export type ResilientSetup = Omit<RunSetup, keyof ReturnType<Renewable['access']>>;

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
async function causeOf(thrown: unknown, device: Renewable): Promise<unknown> {
  const code = thrown instanceof StudioError ? thrown.code : null;
  if (code === 'device-lost' || code === 'out-of-memory') return thrown;
  if (code === null || code === 'gpu-error' || code === 'zero-read') {
    if (await device.wasLost()) return new StudioError('device-lost', {}, String(thrown));
    try {
      device.access().checkErrors();
    } catch (reported) {
      return code === null ? reported : thrown;
    }
  }
  return thrown;
}

/**
 * @param work what trains: it is begun anew after each fault, from the newest checkpoint that was captured
 * @throws what is not a fault of the device, and `device-lost` where it was lost again and again without a checkpoint in between
 */
export async function* runThroughFaults(work: Work, setup: ResilientSetup, device: Renewable): AsyncGenerator<ResilientEvent, RunResult> {
  const { signal, stopwatch } = setup;
  const backOff = createBackOff();
  let { job, certificate } = setup;
  let kept: RunCheckpoint | undefined = setup.resume;
  let incidents: readonly Incident[] = setup.resume?.run.incidents ?? [];
  let endWith: NumberFault | undefined;
  /** A fault that came up while a checkpoint was taken; the next pull ends on it. */
  let pending: { readonly cause: unknown } | null = null;
  const capturing =
    (capture: Capture): Capture =>
    async () => {
      try {
        const captured = await capture();
        // What was read may be of a device that no longer computed.
        device.access().checkErrors();
        if (captured) {
          kept = { ...captured, run: { ...captured.run, incidents } };
          backOff.reset();
        }
        return captured && (kept ?? null);
      } catch (cause) {
        pending = { cause };
        return null;
      }
    };
  for (;;) {
    const offer = setup.offer && ((capture: Capture) => setup.offer?.(capturing(capture)));
    const loop = work({ ...setup, ...device.access(), job, certificate, resume: kept, offer, endWith });
    let fault: StudioError;
    try {
      for (;;) {
        if (pending) throw (pending as { cause: unknown }).cause;
        const pulled = await loop.next();
        if (pulled.done) return { ...pulled.value, run: { ...pulled.value.run, incidents } };
        const event = pulled.value;
        if (event.type === 'noticed') incidents = addIncident(incidents, event.incident);
        yield event.type === 'started' ? { ...event, run: { ...event.run, incidents }, series: event.series ?? {} } : event;
      }
    } catch (thrown) {
      const cause = await causeOf(thrown, device);
      if (!(cause instanceof StudioError)) throw cause;
      fault = cause;
    } finally {
      // Everything of the old device is let go before there is a new one.
      await loop.return(undefined as never);
    }
    pending = null;
    const step = kept?.checkpoint.step ?? 0;
    const beganAt = performance.now();
    if (fault.code === 'zero-read') endWith = zeroFault(fault);
    else if (fault.code === 'out-of-memory') {
      const training = halveMicroBatch(job.training);
      if (!training) throw fault;
      job = { ...job, training };
    } else if (fault.code !== 'device-lost' || backOff.exhausted()) throw fault;
    stopwatch?.pause();
    yield* renewed(device, backOff, signal);
    stopwatch?.resume();
    certificate = await device.certify();
    const seconds = Math.round((performance.now() - beganAt) / 1000);
    if (fault.code === 'device-lost') incidents = addIncident(incidents, { code: 'device-lost', parameters: { step, seconds } });
    if (fault.code === 'out-of-memory') {
      const microBatch = job.training.microBatchSize;
      incidents = addIncident(incidents, { code: 'out-of-memory', parameters: { step, microBatch } });
    }
  }
}

/** Asks for a device until there is one. @throws StudioError `device-lost` where a person stops meanwhile */
async function* renewed(device: Renewable, backOff: ReturnType<typeof createBackOff>, signal: AbortSignal): AsyncGenerator<ResilientEvent> {
  for (;;) {
    const delayMs = backOff.next();
    if (delayMs > 0) {
      yield { type: 'waiting', attempt: backOff.attempts(), delayMs };
      await waited(delayMs, signal, device.hopeful());
    }
    if (signal.aborted) throw new StudioError('device-lost');
    try {
      return await device.renew();
    } catch (thrown) {
      if (!(thrown instanceof StudioError) || thrown.code !== 'no-webgpu') throw thrown;
    }
  }
}
