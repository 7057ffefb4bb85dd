/** A run as a PyTorch project: its weights and settings beside the Python files that compute with them. */
import type { Bars } from '../../data/bars.ts';
import type { RunSummary } from '../../training/run.ts';
import { exportMetadata } from '../metadata.ts';
import type { PackTensors } from '../pack/write-pack.ts';
import { packSafetensors } from '../safetensors.ts';
import { barsCsv, exampleBarsCsv } from './bars-csv.ts';
import { twinReadme } from './readme.ts';
import { twinSources } from './sources.ts';

/** Of a run that does not say: one minute. */
const usualInterval = 60;

function configJson(run: RunSummary): string {
  const { job, prepared, health } = run;
  const config = {
    model: job.model,
    modelConfig: job.modelConfig,
    trainingConfig: job.training,
    dataConfig: job.data,
    features: prepared.featureNames,
    scaler: prepared.scaler,
    labelRule: prepared.labels,
    classWeights: prepared.classWeights,
    sequenceLength: prepared.sequenceLength.value,
    intervalSeconds: health?.intervalSeconds ?? usualInterval,
    split: prepared.parts,
    metadata: exportMetadata(run),
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/**
 * Files by name.
 * @param name of the model, for people
 * @param bars that the run was trained on, or null where they are not at hand
 */
export function twinProject(
  run: RunSummary,
  tensors: Omit<PackTensors, 'predictions'>,
  name: string,
  bars: Bars | null,
): Map<string, Uint8Array<ArrayBuffer>> {
  const { weights, optimizer, examples } = tensors;
  const metadata = exportMetadata(run);
  const texts: Record<string, string | null> = {
    'README.md': twinReadme(run, name, bars !== null, optimizer.length > 0),
    ...twinSources,
    'config.json': configJson(run),
    'example_bars.csv': exampleBarsCsv(examples),
    'bars.csv': bars && barsCsv(bars),
  };
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [file, text] of Object.entries(texts)) if (text !== null) files.set(file, new TextEncoder().encode(text));
  for (const [kind, list] of Object.entries({ weights, optimizer, examples }))
    if (list.length > 0) files.set(`${kind}.safetensors`, new Uint8Array(packSafetensors(list, metadata)));
  return files;
}
