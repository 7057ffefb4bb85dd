/** Predictions with a stored run's weights, on a file or on the data set in memory, told as they go. */
import type { Dataset } from '../data/dataset.ts';
import { readFile } from '../data/read-file.ts';
import { StudioError } from '../lib/errors.ts';
import type { RunStore } from '../storage/run-store.ts';
import { predictRun } from '../training/predict-run.ts';
import type { Certificate, RunSummary } from '../training/run.ts';
import { messagesHandled } from './pace.ts';
import type { Command, Event } from './protocol.ts';

interface Known {
  readonly runs: ReadonlyMap<string, RunSummary>;
  readonly store: RunStore;
  readonly dataset: Dataset | null;
  readonly post: (event: Event) => void;
  readonly backend: string;
  readonly certificate: Certificate;
  readonly maxBindingBytes: number;
  readonly checkErrors: () => void;
}

/** @throws StudioError `unknown-run`, `no-data`, or what reading and predicting throw */
export async function predictInto(known: Known, { runId, file, most }: Extract<Command, { type: 'predict' }>): Promise<void> {
  const run = known.runs.get(runId);
  if (!run || run.job.task !== undefined || run.epochs.length === 0) throw new StudioError('unknown-run', { runId });
  const dataset = file ? await readFile(file, file.name, { onProgress: () => {} }) : known.dataset;
  if (!dataset) throw new StudioError('no-data');
  const grant = { maxBindingBytes: known.maxBindingBytes, fused: known.backend === 'webgpu' && known.certificate.kernels === 'fused' };
  const tensors = await known.store.weights(runId);
  const work = predictRun({ run, dataset, tensors, most, grant, checkErrors: known.checkErrors });
  for (;;) {
    await messagesHandled();
    const pulled = await work.next();
    if (pulled.done) return known.post({ type: 'predicted', prediction: pulled.value });
    known.post({ type: 'predicting', ...pulled.value });
  }
}
