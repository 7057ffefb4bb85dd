/** Runs that may be compared with each other: the same file, the same labels, the same windows. */
import type { RunSummary } from '../../training/run.ts';

export interface RunGroup {
  readonly key: string;
  /** In the order given. */
  readonly runs: readonly RunSummary[];
}

/** Runs by the data they were scored on, groups in the order of their first run. */
export function groupRuns(runs: readonly RunSummary[]): RunGroup[] {
  const groups = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.dataset.id, run.prepared.sequenceLength.value, Object.entries(run.job.data).sort()]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups].map(([key, members]) => ({ key, runs: members }));
}

/** The newest run of each model, by id: one run of a model on the screen carries the names that tests look for. */
export function newestOfModel(runs: readonly RunSummary[]): ReadonlySet<string> {
  return new Set(new Map(runs.map(({ job }) => [`${job.model} ${job.task ?? ''}`, job.runId])).values());
}
