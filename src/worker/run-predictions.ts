/** Predictions with a stored run's weights, on a file or on the data set in memory, told as they go. */
import type { Dataset } from '../data/dataset.ts';
import { readFile } from '../data/read-file.ts';
import { StudioError } from '../lib/errors.ts';
import type { RunStore } from '../storage/run-store.ts';
import { attend } from '../training/attend.ts';
import { type PredictSetup, predictRun } from '../training/predict-run.ts';
import { type Certificate, hasWeights, type RunSummary } from '../training/run.ts';
import { messagesHandled } from './pace.ts';
import type { Command, Event } from './protocol.ts';

interface Known {
  readonly runs: ReadonlyMap<string, RunSummary>;
  readonly store: RunStore;
  readonly dataset: Dataset | null;
  readonly read: (file: File) => Promise<Dataset>;
  readonly post: (event: Event) => void;
  readonly backend: string;
  readonly certificate: Certificate;
  readonly maxBindingBytes: number;
  readonly checkErrors: () => void;
}

/** The bars of the file that was read last, for whoever looks at its predictions more closely. */
export function rememberedFile(): (file: File) => Promise<Dataset> {
  let last: { readonly key: string; readonly dataset: Dataset } | null = null;
  return async (file) => {
    const key = JSON.stringify([file.name, file.size, file.lastModified]);
    if (last?.key !== key) last = { key, dataset: await readFile(file, file.name, { onProgress: () => {} }) };
    return last.dataset;
  };
}

/** @throws StudioError `unknown-run`, `no-data`, or what reading throws */
async function setupOf(known: Known, runId: string, file: File | null): Promise<Omit<PredictSetup, 'most'>> {
  const run = known.runs.get(runId);
  if (!run || run.job.task !== undefined || !hasWeights(run)) throw new StudioError('unknown-run', { runId });
  const dataset = file ? await known.read(file) : known.dataset;
  if (!dataset) throw new StudioError('no-data');
  const grant = { maxBindingBytes: known.maxBindingBytes, fused: known.backend === 'webgpu' && known.certificate.kernels === 'fused' };
  return { run, dataset, tensors: await known.store.weights(runId), grant, checkErrors: known.checkErrors };
}

/** @throws StudioError as `setupOf` and `predictRun` */
export async function predictInto(known: Known, { runId, file, most }: Extract<Command, { type: 'predict' }>): Promise<void> {
  const work = predictRun({ ...(await setupOf(known, runId, file)), most });
  for (;;) {
    await messagesHandled();
    const pulled = await work.next();
    if (pulled.done) return known.post({ type: 'predicted', prediction: pulled.value });
    known.post({ type: 'predicting', ...pulled.value });
  }
}

/** @throws StudioError as `setupOf` and `attend` */
export async function attendInto(known: Known, { runId, file, time, bar }: Extract<Command, { type: 'attend' }>): Promise<void> {
  known.post({ type: 'attended', view: await attend(await setupOf(known, runId, file), time, bar) });
}
