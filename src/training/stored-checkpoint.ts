/**
 * A run's last state as named tensors, in PyTorch's names: `optimizer.last.<name>`, `optimizer.exp_avg.<name>`,
 * `optimizer.exp_avg_sq.<name>`, `optimizer.step`, and what a broken-off epoch had collected (`optimizer.tally.*`).
 * Early stopping is not stored: it follows from the epochs.
 */
import type { NamedTensor } from '../models/named-tensor.ts';
import type { ParameterSpec } from '../models/parameter.ts';
import { stackTensors, unstack } from '../models/state-dict.ts';
import type { Arena } from './arena.ts';
import type { Checkpoint } from './checkpoint.ts';
import { createEarlyStopping } from './early-stopping.ts';
import { type EpochTally, emptyTally } from './epoch-tally.ts';
import type { TrainingConfig } from './fields.ts';
import type { EpochRecord } from './run.ts';

const prefix = 'optimizer.';
const flats = { last: 'values', exp_avg: 'firstMoment', exp_avg_sq: 'secondMoment' } as const;
const lists = ['logits', 'returns', 'classes', 'actualReturns', 'load'] as const;
const sums = ['count', 'classLoss', 'returnLoss', 'auxiliary', 'gradientNorm'] as const;

/** A run whose state is larger than this keeps its weights alone: the browser's store is not without end. */
export const keptStateBytes = 192 * 2 ** 20;

type Layout = Pick<Arena, 'trainable' | 'offsets'>;
const sizeOf = ({ shape }: Pick<ParameterSpec, 'shape'>): number => shape.reduce((product, length) => product * length, 1);

/** The same places that `createArena` gives. */
export const isKept = ({ values }: Pick<Arena, 'values'>): boolean => values.size * 3 * 4 <= keptStateBytes;

export function storeCheckpoint({ trainable, offsets }: Layout, checkpoint: Checkpoint): NamedTensor[] {
  const tensors: NamedTensor[] = [{ name: `${prefix}step`, shape: [1], data: Float32Array.of(checkpoint.step) }];
  for (const [kind, key] of Object.entries(flats)) {
    const flat = checkpoint[key];
    trainable.forEach((spec, i) => {
      const offset = offsets[i] as number;
      for (const own of unstack(spec, flat.slice(offset, offset + sizeOf(spec))))
        tensors.push({ ...own, name: `${prefix}${kind}.${own.name}` });
    });
  }
  const { tally } = checkpoint;
  if (tally.count === 0) return tensors;
  for (const name of lists)
    tensors.push({ name: `${prefix}tally.${name}`, shape: [tally[name].length], data: Float32Array.from(tally[name]) });
  return [...tensors, { name: `${prefix}tally.sums`, shape: [sums.length], data: Float32Array.from(sums, (name) => tally[name]) }];
}

/**
 * @param tensors a run's `optimizer.*`; null where it kept none
 * @param weights its best weights
 * @throws StudioError `invalid-weights` where they do not fit the model
 */
export function restoreCheckpoint(
  { trainable, offsets }: Layout,
  length: number,
  tensors: readonly NamedTensor[],
  weights: ReadonlyMap<string, Float32Array>,
  known: { readonly epochs: readonly EpochRecord[]; readonly bestEpoch: number; readonly training: TrainingConfig },
): Checkpoint | null {
  const of = (name: string): Float32Array | undefined => tensors.find((tensor) => tensor.name === `${prefix}${name}`)?.data;
  const step = of('step')?.[0];
  if (step === undefined) return null;
  const flatten = (valuesOf: (name: string) => Float32Array | undefined): Float32Array => {
    const flat = new Float32Array(length);
    trainable.forEach((spec, i) => {
      flat.set(valuesOf(spec.name) ?? [], offsets[i] as number);
    });
    return flat;
  };
  const restored = Object.entries(flats).map(([kind, key]) => {
    const start = `${prefix}${kind}.`;
    const own = tensors
      .filter(({ name }) => name.startsWith(start))
      .map((tensor) => ({ ...tensor, name: tensor.name.slice(start.length) }));
    const stacked = stackTensors(trainable, own);
    return [key, flatten((name) => stacked.get(name))] as const;
  });
  const stopping = createEarlyStopping(known.training);
  const watched = known.training.monitor === 'loss' ? 'validation/loss' : 'validation/accuracy';
  for (const { metrics } of known.epochs) stopping.observe(metrics[watched] ?? Number.NaN);
  return {
    ...(Object.fromEntries(restored) as Pick<Checkpoint, 'values' | 'firstMoment' | 'secondMoment'>),
    step,
    best: known.bestEpoch > 0 ? flatten((name) => weights.get(name)) : null,
    bestEpoch: known.bestEpoch,
    epochs: known.epochs,
    stopping: stopping.state(),
    tally: readTally(of),
  };
}

function readTally(of: (name: string) => Float32Array | undefined): EpochTally {
  const tally = emptyTally();
  const values = of('tally.sums');
  if (!values) return tally;
  sums.forEach((name, i) => {
    tally[name] = values[i] ?? 0;
  });
  for (const name of lists) for (const value of of(`tally.${name}`) ?? []) tally[name].push(value);
  return tally;
}
