/** Files for download: which writer makes which kind, and what the file is called. */
import type { DatasetSummary } from '../data/dataset.ts';
import { StudioError } from '../lib/errors.ts';
import { catalog, type ModelId } from '../models/catalog.ts';
import type { RunStore } from '../storage/run-store.ts';
import type { RunSummary } from '../training/run.ts';
import { tracePrefix } from '../training/trace.ts';
import { comparisonText } from '../weights/comparison.ts';
import { exportMetadata } from '../weights/metadata.ts';
import { metricsCsv } from '../weights/metrics-csv.ts';
import { reportJson } from '../weights/report.ts';
import { packSafetensors } from '../weights/safetensors.ts';
import { traceFile } from '../weights/trace-file.ts';
import { trainingLog } from '../weights/training-log.ts';
import type { ExportKind, Language } from './protocol.ts';
import { weightFile } from './weight-files.ts';

export interface ExportSource {
  readonly store: RunStore;
  readonly dataset: DatasetSummary | null;
  readonly runs: readonly RunSummary[];
}

export interface ExportedFile {
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: ArrayBuffer;
}

const text = (fileName: string, mimeType: string, content: string): ExportedFile => ({
  fileName,
  mimeType,
  bytes: new TextEncoder().encode(content).buffer,
});

const binary = (fileName: string, bytes: ArrayBuffer): ExportedFile => ({ fileName, mimeType: 'application/octet-stream', bytes });

/** Tensors stored beside the weights that are not weights. */
const isExtra = (name: string): boolean => name.startsWith('example.') || name.startsWith(tracePrefix);

/** @throws StudioError `unknown-run` where the run or its weights are not there. */
export async function exportFile(source: ExportSource, kind: ExportKind, runId: string | null, language: Language): Promise<ExportedFile> {
  const nameOf = (model: ModelId): string => catalog[model].name[language];
  const run = (): RunSummary => {
    const found = source.runs.find((candidate) => candidate.job.runId === runId);
    if (!found) throw new StudioError('unknown-run', { runId: runId ?? '' });
    return found;
  };
  switch (kind) {
    case 'weights':
    case 'half':
    case 'heads':
    case 'pth':
    case 'onnx':
    case 'tfjs': {
      const tensors = (await source.store.weights(run().job.runId)).filter((tensor) => !isExtra(tensor.name));
      return weightFile(kind, run(), tensors);
    }
    case 'examples': {
      const tensors = (await source.store.weights(run().job.runId)).filter((tensor) => tensor.name.startsWith('example.'));
      return binary(`example_${run().job.model}.safetensors`, packSafetensors(tensors, exportMetadata(run())));
    }
    case 'trace': {
      const traced = run();
      if (!traced.trace) throw new StudioError('unknown-run', { runId: runId ?? '' });
      const tensors = (await source.store.weights(traced.job.runId)).filter((tensor) => tensor.name.startsWith(tracePrefix));
      const named = tensors.map((tensor) => ({ ...tensor, name: tensor.name.slice(tracePrefix.length) }));
      return binary('trace.safetensors', traceFile(traced, traced.trace, named));
    }
    case 'log':
      return text('training.log', 'text/plain', trainingLog(run(), language, nameOf));
    case 'metrics':
      return text('metrics.csv', 'text/csv', metricsCsv([run()]));
    case 'comparison': {
      // A pre-training predicts nothing that could be compared.
      const compared = source.runs.filter((one) => one.job.task === undefined);
      return text('model_comparison_results.txt', 'text/plain', comparisonText(compared, language, nameOf));
    }
    case 'report':
      return text('report.json', 'application/json', reportJson(source.dataset, source.runs, Date.now()));
    default:
      return kind satisfies never;
  }
}
