/** Where finished runs are kept; every failure is a StudioError (`storage-failed`, or `unknown-run` for weights that are not there). */

import type { NamedTensor } from '../models/named-tensor.ts';
import type { RunSummary } from '../training/run.ts';

export interface RunStore {
  /** Writes the run and its best weights together; an earlier state of the same run is replaced. */
  save(run: RunSummary, weights: readonly NamedTensor[]): Promise<void>;
  /** All runs, oldest first. */
  list(): Promise<RunSummary[]>;
  weights(runId: string): Promise<NamedTensor[]>;
  /** Writes the run alone, where it is stored already; its weights stay. */
  annotate(run: RunSummary): Promise<void>;
  remove(runId: string): Promise<void>;
}
