/** What a run goes on from: the weights of an earlier one, and its whole state where that was kept and the data is the same. */
import { catalog } from '../models/catalog.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import { stackTensors } from '../models/state-dict.ts';
import type { Job } from './job.ts';
import type { RunSummary } from './run.ts';
import { tensorsOf, weightsOf } from './stored-tensors.ts';

export interface StartSource {
  readonly run: RunSummary;
  /** Values of every parameter by its inner name. */
  readonly values: ReadonlyMap<string, Float32Array>;
  /** `optimizer.*`, empty where only the weights go on. */
  readonly optimizer: readonly NamedTensor[];
}

/** Everything that must be equal for the curve to be the same one. */
function isSameWork(job: Job, run: RunSummary, datasetId: string): boolean {
  const rest = ({ data, training }: Pick<Job, 'data' | 'training'>) =>
    JSON.stringify([data, { ...training, epochs: 0, patience: 0, traceSteps: 0 }]);
  return run.dataset.id === datasetId && rest(job) === rest(run.job);
}

/**
 * @param tensors all that the store keeps of the run
 * @throws StudioError `invalid-weights` where they do not fit the job's model
 */
export function startFrom(
  job: Job,
  run: RunSummary,
  tensors: readonly NamedTensor[],
  given: { readonly datasetId: string; readonly featureCount: number },
): StartSource {
  const values = stackTensors(catalog[job.model].parameters(job.modelConfig, given.featureCount), weightsOf(tensors));
  const optimizer = isSameWork(job, run, given.datasetId) ? tensorsOf(tensors, 'optimizer') : [];
  return { run, values, optimizer };
}
