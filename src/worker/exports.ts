/** Files for download: which writer makes which kind, and what the file is called. */
import { StudioError } from '../lib/errors.ts';
import { catalog, type ModelId } from '../models/catalog.ts';
import type { RunSummary } from '../training/run.ts';
import { tensorsOf, weightsOf } from '../training/stored-tensors.ts';
import { tracePrefix } from '../training/trace.ts';
import { comparisonText } from '../weights/comparison.ts';
import { comparisonCsv, comparisonMarkdown } from '../weights/comparison-table.ts';
import { configurationDocument, configurationNames } from '../weights/documents/configuration.ts';
import { reportPage } from '../weights/documents/report-page.ts';
import { exportMetadata } from '../weights/metadata.ts';
import { metricsCsv } from '../weights/metrics-csv.ts';
import { predictionsCsv } from '../weights/predictions-csv.ts';
import { reportJson } from '../weights/report.ts';
import { packSafetensors } from '../weights/safetensors.ts';
import { traceFile } from '../weights/trace-file.ts';
import { trainingLog } from '../weights/training-log.ts';
import { type ExportedFile, type ExportSource, textFile } from './exported-file.ts';
import { packFile } from './pack-file.ts';
import type { ExportKind, Language } from './protocol.ts';
import { weightFile } from './weight-files.ts';
import { wordingOf } from './wording.ts';

const binary = (fileName: string, bytes: ArrayBuffer): ExportedFile => ({ fileName, mimeType: 'application/octet-stream', bytes });

/** @throws StudioError `unknown-run` where the run or its weights are not there. */
export async function exportFile(source: ExportSource, kind: ExportKind, runId: string | null, language: Language): Promise<ExportedFile> {
  const nameOf = (model: ModelId): string => catalog[model].name[language];
  const run = (): RunSummary => {
    const found = source.runs.find((candidate) => candidate.job.runId === runId);
    if (!found) throw new StudioError('unknown-run', { runId: runId ?? '' });
    return found;
  };
  // A pre-training predicts nothing that could be compared.
  const compared = (): RunSummary[] => source.runs.filter((one) => one.job.task === undefined);
  switch (kind) {
    case 'weights':
    case 'half':
    case 'heads':
    case 'pth':
    case 'onnx':
    case 'tfjs': {
      const tensors = weightsOf(await source.store.weights(run().job.runId));
      return weightFile(kind, run(), tensors);
    }
    case 'examples': {
      // The bars behind them are for the PyTorch twin; this file is windows and answers.
      const tensors = tensorsOf(await source.store.weights(run().job.runId), 'example').filter(
        ({ name }) => !name.startsWith('example.bar'),
      );
      return binary(`example_${run().job.model}.safetensors`, packSafetensors(tensors, exportMetadata(run())));
    }
    case 'trace': {
      const traced = run();
      if (!traced.trace) throw new StudioError('unknown-run', { runId: runId ?? '' });
      const tensors = tensorsOf(await source.store.weights(traced.job.runId), 'trace');
      const named = tensors.map((tensor) => ({ ...tensor, name: tensor.name.slice(tracePrefix.length) }));
      return binary('trace.safetensors', traceFile(traced, traced.trace, named));
    }
    case 'log':
      return textFile('training.log', 'text/plain', trainingLog(run(), language, nameOf));
    case 'metrics':
      return textFile('metrics.csv', 'text/csv', metricsCsv([run()]));
    case 'comparison':
      return textFile('model_comparison_results.txt', 'text/plain', comparisonText(compared(), language, nameOf));
    case 'report':
      return textFile('report.json', 'application/json', reportJson(source.dataset?.summary ?? null, source.runs, Date.now()));
    case 'pack':
      return packFile(source, run(), language);
    case 'page':
      return textFile(`report_${run().job.runId}.html`, 'text/html', reportPage(run(), wordingOf(language)));
    case 'configuration':
      return textFile(configurationNames[language], 'text/markdown', configurationDocument(run(), wordingOf(language)));
    case 'predictions': {
      const tensors = tensorsOf(await source.store.weights(run().job.runId), 'prediction');
      if (tensors.length === 0) throw new StudioError('unknown-run', { runId: runId ?? '' });
      return textFile('predictions.csv', 'text/csv', predictionsCsv(tensors));
    }
    case 'comparisonCsv':
      return textFile('model_comparison_results.csv', 'text/csv', comparisonCsv(compared()));
    case 'comparisonMarkdown':
      return textFile('model_comparison_results.md', 'text/markdown', comparisonMarkdown(compared(), wordingOf(language)));
    case 'twin':
      // Sources in another language: fetched when they are wanted.
      return (await import('./twin-file.ts')).twinFile(source, run(), language);
    default:
      return kind satisfies never;
  }
}
