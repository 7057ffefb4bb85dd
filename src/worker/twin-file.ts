/** The PyTorch project of a run as one zip, with the bars where they are loaded. */
import { zipSync } from 'fflate';
import type { RunSummary } from '../training/run.ts';
import { tensorsOf, weightsOf } from '../training/stored-tensors.ts';
import { twinProject } from '../weights/twin/twin-project.ts';
import type { ExportedFile, ExportSource } from './exported-file.ts';
import type { Language } from './protocol.ts';
import { wordingOf } from './wording.ts';

/** @throws StudioError `unknown-run` where its weights are not there */
export async function twinFile({ store, dataset }: ExportSource, run: RunSummary, language: Language): Promise<ExportedFile> {
  const tensors = await store.weights(run.job.runId);
  const parts = { weights: weightsOf(tensors), optimizer: tensorsOf(tensors, 'optimizer'), examples: tensorsOf(tensors, 'example') };
  const bars = dataset?.summary.id === run.dataset.id ? dataset.bars : null;
  const folder = `twin_${run.job.model}`;
  const files = twinProject(run, parts, wordingOf(language).nameOf(run.job.model), bars);
  const zip = zipSync(Object.fromEntries([...files].map(([name, bytes]) => [`${folder}/${name}`, bytes])), { level: 1 });
  return { fileName: `${folder}_${run.job.runId}.zip`, mimeType: 'application/zip', bytes: zip.slice().buffer };
}
