/** Takes checkpoints of a run that is under way, for whoever keeps them. */
import type { Stopwatch } from '../lib/stopwatch.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import type { Arena } from './arena.ts';
import { hashBase } from './base-weights.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ProgressReporter, StepEvent } from './progress.ts';
import type { RunSummary } from './run.ts';
import type { Capture, FrozenParameters, RunCheckpoint } from './run-checkpoint.ts';
import type { KeptTrace } from './trace.ts';

interface Captured {
  readonly arena: Arena;
  /** The run as it began (or went on). */
  readonly run: RunSummary;
  readonly stopwatch: Stopwatch;
  readonly progress: ProgressReporter;
  readonly resume?: RunCheckpoint | undefined;
  /** The loop's state, with the steps in it that were not told yet; null where there is nothing to go on from. */
  readonly checkpoint: () => Promise<{ readonly checkpoint: Checkpoint; readonly unseen: readonly StepEvent[] } | null>;
  /** The trace with those steps in it. */
  readonly trace: () => KeptTrace | null;
}

/** Frozen parameters never change: read and named once. */
async function readFrozen({ frozen }: Arena): Promise<FrozenParameters | null> {
  if (frozen.size === 0) return null;
  const tensors: NamedTensor[] = [];
  for (const [name, tensor] of frozen) tensors.push({ name, shape: tensor.shape, data: ((await tensor.data()) as Float32Array).slice() });
  return { tensors, sha256: await hashBase(tensors.map(({ name, data }) => [name, data])) };
}

export function captureOf({ arena, run, stopwatch, progress, resume, checkpoint: take, trace }: Captured): Capture {
  let frozen: FrozenParameters | null | undefined = resume?.frozen;
  return async () => {
    const taken = await take();
    if (!taken) return null;
    const { checkpoint, unseen } = taken;
    const { epochs, bestEpoch } = checkpoint;
    frozen ??= await readFrozen(arena);
    return {
      run: { ...run, elapsedMs: stopwatch.elapsedMs(), epochs, bestEpoch },
      checkpoint,
      series: progress.series(unseen),
      frozen,
      trace: trace(),
      ahead: [],
      reading: null,
      savedAt: Date.now(),
    };
  };
}
