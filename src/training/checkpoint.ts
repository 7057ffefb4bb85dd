/** The whole state of a run between two steps, on the host: from it training continues on the same curve. Random draws need no state, they are functions of seed and step. */
import * as tf from '@tensorflow/tfjs';
import type { Arena } from './arena.ts';
import type { EarlyStoppingState } from './early-stopping.ts';
import type { EpochTally } from './epoch-tally.ts';
import type { EpochRecord } from './run.ts';

export interface Checkpoint {
  /** Optimizer steps done. */
  readonly step: number;
  /** Trainable values and AdamW's moments, `[P]` each. */
  readonly values: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** Best weights so far `[P]`; null before the first evaluation. */
  readonly best: Float32Array | null;
  readonly bestEpoch: number;
  readonly epochs: readonly EpochRecord[];
  readonly stopping: EarlyStoppingState;
  /** What the present epoch has collected. */
  readonly tally: EpochTally;
}

/** Host copies of the arena's three flat tensors. */
export async function readArena(arena: Arena): Promise<Pick<Checkpoint, 'values' | 'firstMoment' | 'secondMoment'>> {
  const read = async (variable: tf.Variable): Promise<Float32Array> => ((await variable.data()) as Float32Array).slice();
  return { values: await read(arena.values), firstMoment: await read(arena.firstMoment), secondMoment: await read(arena.secondMoment) };
}

/** Puts a checkpoint's values back on the device. */
export function restoreArena(arena: Arena, checkpoint: Pick<Checkpoint, 'values' | 'firstMoment' | 'secondMoment'>): void {
  tf.tidy(() => {
    arena.values.assign(tf.tensor1d(checkpoint.values));
    arena.firstMoment.assign(tf.tensor1d(checkpoint.firstMoment));
    arena.secondMoment.assign(tf.tensor1d(checkpoint.secondMoment));
  });
}
