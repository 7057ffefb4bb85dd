/** Runs that were under way when their page went: listed with what a person needs to decide, taken up with their data, or discarded. */
import { StudioError, toFailure } from '../lib/errors.ts';
import { readCheckpointHeader } from '../training/run-checkpoint.ts';
import type { DataDesk } from './data-desk.ts';
import type { KeptRuns } from './kept-runs.ts';
import type { InterruptedRun } from './protocol.ts';
import { isTaken, takeRun } from './run-locks.ts';

/** The newest first. What cannot go on is listed too, with the reason. */
export async function listInterrupted(kept: KeptRuns): Promise<InterruptedRun[]> {
  const listed = await Promise.all(
    (await kept.list()).map(async ({ runId, header, bytes }): Promise<InterruptedRun> => {
      const elsewhere = await isTaken(runId);
      const nothing = { runId, bytes, elsewhere, run: null, step: 0, savedAt: 0, ahead: 0 };
      if (header === null) return { ...nothing, failure: { code: 'invalid-checkpoint', parameters: { reason: 'missing' } } };
      try {
        const { run, ahead, savedAt, step } = readCheckpointHeader(header);
        return { runId, bytes, elsewhere, run, step, savedAt, ahead: ahead.length, failure: null };
      } catch (thrown) {
        return { ...nothing, failure: toFailure(thrown) };
      }
    }),
  );
  return listed.sort((a, b) => b.savedAt - a.savedAt);
}

/**
 * Puts the run's data on the desk, unless it lies there.
 * @throws StudioError `invalid-checkpoint` where the run or its file is not there any more
 */
export async function bringData(kept: KeptRuns, desk: DataDesk, runId: string): Promise<void> {
  const record = await kept.load(runId);
  if (!record) throw new StudioError('invalid-checkpoint', { reason: 'missing' });
  const { dataset } = record.run;
  const choices = record.reading ?? undefined;
  const same = desk.dataset?.summary.id === dataset.id && JSON.stringify(desk.dataset.summary.choices) === JSON.stringify(choices);
  if (same) return;
  const bytes = await kept.file(dataset.id);
  if (!bytes) {
    // The person may have chosen the file again.
    if (desk.dataset?.summary.id === dataset.id) return;
    throw new StudioError('invalid-checkpoint', { reason: 'no-data', name: dataset.name });
  }
  await desk.restore(new File([bytes], dataset.name), choices);
}

/** Forgets a kept run that no page trains. @throws StudioError `run-elsewhere` */
export async function discard(kept: KeptRuns, runId: string): Promise<void> {
  const release = await takeRun(runId);
  if (!release) throw new StudioError('run-elsewhere', { runId });
  try {
    await kept.remove(runId);
  } finally {
    release();
  }
}
