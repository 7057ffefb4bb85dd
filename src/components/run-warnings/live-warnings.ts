/** The warnings of a run while it still goes on: what a finished run brings with it, judged from the epochs so far. */
import type { RunSummary } from '../../training/run.ts';
import { warningsOf } from '../../training/warnings.ts';

/** A run that has ended brings its own; one at work is judged by its best epoch, the one whose weights would be kept. */
export function liveWarnings(run: RunSummary): RunSummary['warnings'] {
  if (run.status !== 'running' && run.status !== 'paused') return run.warnings;
  const judged = run.epochs.find((record) => record.epoch === run.bestEpoch) ?? run.epochs.at(-1);
  return warningsOf(run.job, run.prepared, run.parameters, judged);
}
