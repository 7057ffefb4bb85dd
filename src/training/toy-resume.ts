/** A job run in two halves, with a checkpoint written and read between them; for tests of going on. */
import type { Prepared } from '../data/prepared.ts';
import type { BaseSource } from './base-weights.ts';
import type { Job } from './job.ts';
import { pretrainJob } from './pretrain-job.ts';
import type { Progress } from './run.ts';
import { packCheckpoint, type RunCheckpoint, unpackCheckpoint } from './run-checkpoint.ts';
import { type RunEvent, type RunResult, type RunSetup, runJob } from './run-job.ts';

export interface Half {
  readonly events: readonly RunEvent[];
  /** null where the run was left at a checkpoint. */
  readonly result: RunResult | null;
  /** As it comes back from a store; null where the run came to its end. */
  readonly kept: RunCheckpoint | null;
}

interface Given {
  readonly job: Job;
  readonly prepared: Prepared;
  readonly base?: BaseSource | undefined;
  readonly resume?: RunCheckpoint | undefined;
  readonly checkErrors?: () => void;
}

/** Runs until `leave` says so of an event; then a checkpoint is taken and the run is left. Checkpoints are also taken wherever `glance` says. */
export async function runUntil(
  given: Given,
  leave: (event: RunEvent) => boolean = () => false,
  glance: (event: RunEvent) => boolean = () => false,
): Promise<Half> {
  let capture: (() => Promise<RunCheckpoint | null>) | null = null;
  const setup: RunSetup = {
    checkErrors: () => {},
    ...given,
    dataset: { id: given.prepared.summary.datasetId, name: 'toy.csv' },
    adapter: 'toy',
    backend: 'toy',
    signal: new AbortController().signal,
    deviceBytes: () => 0,
    offer: (offered) => {
      capture = offered;
    },
  };
  const take = async () => (capture as unknown as () => Promise<RunCheckpoint | null>)();
  const loop = (given.job.task === 'pretrain' ? pretrainJob : runJob)(setup);
  const events: RunEvent[] = [];
  try {
    for (;;) {
      const pulled = await loop.next();
      if (pulled.done) return { events, result: pulled.value, kept: null };
      events.push(pulled.value);
      if (glance(pulled.value)) await take();
      if (!leave(pulled.value)) continue;
      const kept = await take();
      if (kept) return { events, result: null, kept: unpackCheckpoint(structuredClone(packCheckpoint(kept))) };
    }
  } finally {
    await loop.return(undefined as never);
  }
}

/** Losses by step of what was reported. */
export const lossesOf = (events: readonly RunEvent[]): Map<number, number> =>
  new Map(
    events
      .flatMap((event): readonly Progress['points'][number][] => (event.type === 'progressed' ? event.progress.points : []))
      .map(({ step, metrics }) => [step, metrics['train/loss'] as number]),
  );

/** What must be equal of two results of the same job, whatever they took. */
export const outcomeOf = ({ run, weights, extras }: RunResult) => ({
  epochs: run.epochs.map(({ elapsedMs: _, endedAt: __, ...rest }) => rest),
  ...{ bestEpoch: run.bestEpoch, stoppedBy: run.stoppedBy, test: run.test, trace: run.trace, base: run.base },
  weights,
  extras,
});

/** Whether an event tells of a step at or after `step`. */
export const reached =
  (step: number) =>
  (event: RunEvent): boolean =>
    event.type === 'progressed' && event.progress.step >= step;
