/** How a recurrence is laid over a device: samples and units a workgroup and a thread hold, and the stretches of time a launch covers. */
import { timeStretch } from '../launch/budget.ts';
import { deviceLimits, fusing, noteFallback, prefersRegisterTiles } from '../mode.ts';

export interface RecurrenceLayout {
  readonly HIDDEN: number;
  /** Threads of a workgroup; each holds UNITS units. */
  readonly THREADS: number;
  readonly UNITS: number;
  /** Samples of a workgroup, four to a vector. */
  readonly SAMPLES: number;
  readonly QUADS: number;
  /** The sum over units is taken four at a time. */
  readonly FOURS: boolean;
}

/** Bytes of workgroup memory of the larger of the two passes: the backward pass keeps every gate of every unit. */
const sharedBytes = (hidden: number, gates: number, samples: number): number => 4 * hidden * gates * samples;

/**
 * Null, and a note for the device panel, where no layout fits the device.
 * @param gates 3 or 4 values a unit
 */
export function layoutOf(operation: string, hidden: number, gates: number, batch: number): RecurrenceLayout | null {
  if (!fusing()) return null;
  const { maxInvocations, workgroupBytes } = deviceLimits();
  const fits = (units: number, samples: number): boolean =>
    hidden % units === 0 && hidden / units <= maxInvocations && sharedBytes(hidden, gates, samples) <= workgroupBytes;
  // A software adapter wants few, fat threads: each load of a weight serves more samples, each load of a state more units.
  const samples = prefersRegisterTiles() && batch >= 16 ? [8, 4] : [4];
  const units = prefersRegisterTiles() ? [4, 2, 1, 8] : [1, 2, 4, 8];
  for (const s of samples)
    for (const u of units)
      if (fits(u, s)) return { HIDDEN: hidden, THREADS: hidden / u, UNITS: u, SAMPLES: s, QUADS: s / 4, FOURS: hidden % 4 === 0 };
  noteFallback(operation, `hidden ${hidden}: ${maxInvocations} threads, ${workgroupBytes} bytes of workgroup memory`);
  return null;
}

export interface Stretch {
  readonly begin: number;
  readonly end: number;
}

/** Consecutive stretches of 0…time, each short enough for one submit. @param flops of one time step of the whole batch */
export function stretches(time: number, flops: number): Stretch[] {
  const length = timeStretch(flops, time);
  const cut: Stretch[] = [];
  for (let begin = 0; begin < time; begin += length) cut.push({ begin, end: Math.min(begin + length, time) });
  return cut;
}
