/** How a recurrence is laid over a device: samples and units a workgroup and a thread hold, and the stretches of time a launch covers. */
import { timeStretch } from '../launch/budget.ts';
import { deviceLimits, fusing, noteFallback, prefersRegisterTiles } from '../mode.ts';

export interface RecurrenceLayout {
  readonly hidden: number;
  /** Samples of a workgroup, four to a vector. */
  readonly samples: number;
  /** Units of a thread in each pass. */
  readonly units: Readonly<Record<Pass, number>>;
}

type Pass = 'forward' | 'backward';

/** Bytes of workgroup memory of the larger of the two passes: the backward pass keeps every gate of every unit. */
const sharedBytes = (hidden: number, gates: number, samples: number): number => 4 * hidden * gates * samples;

/**
 * Null, and a note for the device panel, where no layout fits the device.
 * @param gates 3 or 4 values a unit
 */
export function layoutOf(operation: string, hidden: number, gates: number, batch: number): RecurrenceLayout | null {
  if (!fusing()) return null;
  const { maxInvocations, workgroupBytes } = deviceLimits();
  const fits = (units: number): boolean => hidden % units === 0 && hidden / units <= maxInvocations;
  const samples = sampleCounts(batch).find((count) => sharedBytes(hidden, gates, count) <= workgroupBytes);
  const forward = unitCounts('forward', hidden).find(fits);
  const backward = unitCounts('backward', hidden).find(fits);
  if (samples && forward && backward) return { hidden, samples, units: { forward, backward } };
  noteFallback(operation, `hidden ${hidden}: ${maxInvocations} threads, ${workgroupBytes} bytes of workgroup memory`);
  return null;
}

/** A software adapter wants few, fat threads: each load costs it five products. More than eight samples fall out of its first cache. */
const sampleCounts = (batch: number): number[] => (prefersRegisterTiles() && batch >= 16 ? [8, 4] : [4]);

/** In the order of preference. The backward pass has one sum a unit where the forward pass has one a gate; wide ones take seconds to compile. */
function unitCounts(pass: Pass, hidden: number): number[] {
  if (!prefersRegisterTiles()) return [1, 2, 4, 8];
  return pass === 'backward' && hidden >= 64 ? [8, 4, 2, 1] : [4, 2, 1, 8];
}

/**
 * The constants of a pass. Batch and time are among them because an array of known length is read faster: the bound of a runtime-sized one is
 * fetched at every access, at the price of ten products on a software adapter.
 */
export function constantsOf({ hidden, samples, units }: RecurrenceLayout, pass: Pass, batch: number, time: number) {
  return {
    HIDDEN: hidden,
    THREADS: hidden / units[pass],
    UNITS: units[pass],
    SAMPLES: samples,
    QUADS: samples / 4,
    /** The sum over units is taken four at a time. */
    FOURS: hidden % 4 === 0,
    BATCH: batch,
    ROWS: batch * time,
  };
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
