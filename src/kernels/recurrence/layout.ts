/** How a recurrence is laid over a device: samples and units a workgroup and a thread hold, and the stretches of time a launch covers. */
import { timeStretch } from '../launch/budget.ts';
import { deviceLimits, fusing, noteFallback, preferredTiles, prefersRegisterTiles } from '../mode.ts';

export interface RecurrenceLayout {
  readonly hidden: number;
  /** 3 or 4 values a unit. */
  readonly gates: number;
  /** Samples of a workgroup in each pass, four to a vector. */
  readonly samples: Readonly<Record<Pass, number>>;
  /** Units of a thread in each pass. */
  readonly units: Readonly<Record<Pass, number>>;
  /** Four threads of a subgroup share what they load (`quad-product.wgsl`). */
  readonly quads: boolean;
}

export type Pass = 'forward' | 'backward';

/** Bytes of workgroup memory: the state of every unit forward, every gate's gradient backward. Quads need none. */
const sharedBytes = (pass: Pass, hidden: number, gates: number, samples: number): number =>
  4 * hidden * samples * (pass === 'forward' ? 1 : gates);

/**
 * Null, and a note for the device panel, where no layout fits the device.
 * @param gates 3 or 4 values a unit
 */
export function layoutOf(operation: string, hidden: number, gates: number, batch: number): RecurrenceLayout | null {
  if (!fusing()) return null;
  const { maxInvocations, workgroupBytes } = deviceLimits();
  const quads = preferredTiles() === 'quads' && hidden % 16 === 0;
  const fits = (units: number): boolean => hidden % (quads ? 4 * units : units) === 0 && hidden / units <= maxInvocations;
  const unitsOf = (pass: Pass): number | undefined => unitCounts(pass, hidden, quads).find(fits);
  const samplesOf = (pass: Pass): number | undefined =>
    sampleCounts(batch, quads).find((count) => quads || sharedBytes(pass, hidden, gates, count) <= workgroupBytes);
  const units = { forward: unitsOf('forward'), backward: unitsOf('backward') };
  const samples = { forward: samplesOf('forward'), backward: samplesOf('backward') };
  if (found(units) && found(samples)) return { hidden, gates, samples, units, quads };
  noteFallback(operation, `hidden ${hidden}: ${maxInvocations} threads, ${workgroupBytes} bytes of workgroup memory`);
  return null;
}

const found = (counts: Record<Pass, number | undefined>): counts is Record<Pass, number> =>
  counts.forward !== undefined && counts.backward !== undefined;

/** A software adapter wants few, fat threads: each load costs it many products. There are two workgroups at least. */
function sampleCounts(batch: number, quads: boolean): number[] {
  if (!prefersRegisterTiles() || batch < 16) return [4];
  return quads && batch >= 32 ? [16, 8, 4] : [8, 4];
}

/** In the order of preference. The backward pass has one sum a unit where the forward pass has one a gate; wide ones take seconds to compile. */
function unitCounts(pass: Pass, hidden: number, quads: boolean): number[] {
  if (!prefersRegisterTiles()) return [1, 2, 4, 8];
  if (quads) return pass === 'backward' ? [16, 8, 4] : [4];
  return pass === 'backward' && hidden >= 64 ? [8, 4, 2, 1] : [4, 2, 1, 8];
}

export const threadsOf = ({ hidden, units }: RecurrenceLayout, pass: Pass): number => hidden / units[pass];

/** Blocks of four rows that a thread of a quad has: four units of each gate, or its units. */
export const blocksOf = ({ gates, units }: RecurrenceLayout, pass: Pass): number => (pass === 'forward' ? gates : units.backward / 4);

/**
 * The constants of a pass. Batch and time are among them because the bound of an array of known length is not fetched at every access.
 */
export function constantsOf(layout: RecurrenceLayout, pass: Pass, batch: number, time: number): Record<string, number | boolean> {
  const { hidden, gates, samples, units, quads } = layout;
  const shared = { HIDDEN: hidden, THREADS: threadsOf(layout, pass), BATCH: batch, ROWS: batch * time };
  if (!quads) {
    // The sum over units is taken four at a time where they divide by four.
    return { ...shared, UNITS: units[pass], SAMPLES: samples[pass], QUADS: samples[pass] / 4, FOURS: hidden % 4 === 0 };
  }
  const fours = ((pass === 'forward' ? 1 : gates) * hidden) / 4;
  return { ...shared, BLOCKS: blocksOf(layout, pass), SETS: samples[pass] / 4, FOURS: fours, CHUNKS: 2 };
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
