/** How a recurrence is laid over a device: samples and units a workgroup and a thread hold, and the stretches of time a launch covers. */
import { timeStretch } from '../launch/budget.ts';
import { deviceLimits, fusing, noteFallback, prefersRegisterTiles } from '../mode.ts';

export interface RecurrenceLayout {
  readonly hidden: number;
  /** Samples of a workgroup in each pass, four to a vector. */
  readonly samples: Readonly<Record<Pass, number>>;
  /** Units of a thread in each pass. */
  readonly units: Readonly<Record<Pass, number>>;
  /** Every four threads are a subgroup. */
  readonly lanes: boolean;
}

type Pass = 'forward' | 'backward';

/** Bytes of workgroup memory: the state of every unit forward, every gate's gradient backward. */
const sharedBytes = (pass: Pass, hidden: number, gates: number, samples: number): number =>
  4 * hidden * samples * (pass === 'forward' ? 1 : gates);

/**
 * Null, and a note for the device panel, where no layout fits the device.
 * @param gates 3 or 4 values a unit
 */
export function layoutOf(operation: string, hidden: number, gates: number, batch: number): RecurrenceLayout | null {
  if (!fusing()) return null;
  const { maxInvocations, workgroupBytes, subgroupSize } = deviceLimits();
  const lanes = prefersRegisterTiles() && subgroupSize === 4;
  const fits = (units: number): boolean => hidden % units === 0 && hidden / units <= maxInvocations;
  const unitsOf = (pass: Pass): number | undefined => unitCounts(pass, hidden).find(fits);
  const samplesOf = (pass: Pass): number | undefined =>
    sampleCounts(pass, batch, lanes).find((count) => sharedBytes(pass, hidden, gates, count) <= workgroupBytes);
  const units = { forward: unitsOf('forward'), backward: unitsOf('backward') };
  const samples = { forward: samplesOf('forward'), backward: samplesOf('backward') };
  if (found(units) && found(samples)) return { hidden, samples, units, lanes };
  noteFallback(operation, `hidden ${hidden}: ${maxInvocations} threads, ${workgroupBytes} bytes of workgroup memory`);
  return null;
}

const found = (counts: Record<Pass, number | undefined>): counts is Record<Pass, number> =>
  counts.forward !== undefined && counts.backward !== undefined;

/**
 * A software adapter wants few, fat threads: each load costs it five products. More than eight samples fall out of its first cache on the way
 * back. There are two workgroups at least.
 */
function sampleCounts(pass: Pass, batch: number, lanes: boolean): number[] {
  if (!prefersRegisterTiles() || batch < 16) return [4];
  return pass === 'forward' && lanes && batch >= 32 ? [16, 8, 4] : [8, 4];
}

/** In the order of preference. The backward pass has one sum a unit where the forward pass has one a gate; wide ones take seconds to compile. */
function unitCounts(pass: Pass, hidden: number): number[] {
  if (!prefersRegisterTiles()) return [1, 2, 4, 8];
  return pass === 'backward' && hidden >= 64 ? [8, 4, 2, 1] : [4, 2, 1, 8];
}

/**
 * The constants of a pass. Batch and time are among them because an array of known length is read faster: the bound of a runtime-sized one is
 * fetched at every access, at the price of ten products on a software adapter.
 */
export function constantsOf({ hidden, samples, units, lanes }: RecurrenceLayout, pass: Pass, batch: number, time: number) {
  const threads = hidden / units[pass];
  return {
    HIDDEN: hidden,
    THREADS: threads,
    UNITS: units[pass],
    SAMPLES: samples[pass],
    QUADS: samples[pass] / 4,
    /** The sum over units is taken four at a time. */
    FOURS: hidden % 4 === 0,
    /** What all threads of a full subgroup need is read by one of them and handed round, at a fifth of a read's price. */
    LANES: lanes && threads % 4 === 0,
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
