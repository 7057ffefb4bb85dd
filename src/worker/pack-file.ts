/** A run with everything that belongs to it as one zip: what reopens its screen, and documents for people and programs. */
import type { RunSummary } from '../training/run.ts';
import { tensorsOf, weightsOf } from '../training/stored-tensors.ts';
import { configurationDocument, configurationNames } from '../weights/documents/configuration.ts';
import { modelCard } from '../weights/documents/model-card.ts';
import { reportPage } from '../weights/documents/report-page.ts';
import { metricsCsv } from '../weights/metrics-csv.ts';
import { type PackContent, writePack } from '../weights/pack/write-pack.ts';
import { predictionsCsv } from '../weights/predictions-csv.ts';
import { trainingLog } from '../weights/training-log.ts';
import type { ExportedFile, ExportSource } from './exported-file.ts';
import type { Language } from './protocol.ts';
import { wordingOf } from './wording.ts';

/** @throws StudioError `unknown-run` where its weights are not there */
export async function packContent(
  { store, series }: Pick<ExportSource, 'store' | 'series'>,
  run: RunSummary,
  language: Language,
): Promise<PackContent> {
  const tensors = await store.weights(run.job.runId);
  const [own, other] = [wordingOf(language), wordingOf(language === 'en' ? 'zh' : 'en')];
  const predictions = tensorsOf(tensors, 'prediction');
  return {
    run,
    series,
    weights: weightsOf(tensors),
    optimizer: tensorsOf(tensors, 'optimizer'),
    examples: tensorsOf(tensors, 'example'),
    predictions,
    documents: {
      'README.md': modelCard(run, own, other),
      'report.html': reportPage(run, own),
      [configurationNames.zh]: configurationDocument(run, wordingOf('zh')),
      [configurationNames.en]: configurationDocument(run, wordingOf('en')),
      'training.log': trainingLog(run, language, own.nameOf),
      'metrics.csv': metricsCsv([run]),
      ...(predictions.length > 0 ? { 'predictions.csv': predictionsCsv(predictions) } : {}),
    },
  };
}

export async function packFile(source: ExportSource, run: RunSummary, language: Language): Promise<ExportedFile> {
  const bytes = await writePack(await packContent(source, run, language), run.startedAt);
  return { fileName: `run_${run.job.runId}.zip`, mimeType: 'application/zip', bytes };
}
