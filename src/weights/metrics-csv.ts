/** `metrics.csv`: every metric of every epoch of one run or of several, a row per epoch, columns named by their metric paths. */
import type { Confusion, EpochRecord, RunSummary } from '../training/run.ts';
import { csvText } from './csv-text.ts';
import { classNames } from './run-facts.ts';

const cells = classNames.flatMap((actual) => classNames.map((predicted) => ({ actual, predicted })));

function confusionColumns(part: string): string[] {
  return cells.map(({ actual, predicted }) => `${part}/confusion/${actual}/${predicted}`);
}

const counts = (confusion: Confusion): (number | undefined)[] => cells.map((_, i) => confusion[i]);

/**
 * Columns: runId, model, preset, seed, dataset, epoch, best (1 or 0), elapsedSeconds, the metric paths in the order of
 * their first appearance, then confusion counts (actual/predicted) and, for a mixture of experts, each expert's load.
 */
export function metricsCsv(runs: readonly RunSummary[]): string {
  const paths = [...new Set(runs.flatMap((run) => run.epochs.flatMap((epoch) => Object.keys(epoch.metrics))))];
  const experts = Math.max(0, ...runs.flatMap((run) => run.epochs.map((epoch) => epoch.expertLoad?.length ?? 0)));
  const expertIndices = Array.from({ length: experts }, (_, i) => i);
  const header = [
    ...['runId', 'model', 'preset', 'seed', 'dataset', 'epoch', 'best', 'elapsedSeconds'],
    ...paths,
    ...confusionColumns('train'),
    ...confusionColumns('validation'),
    ...expertIndices.map((i) => `expertLoad/${i}`),
  ];
  const row = (run: RunSummary, epoch: EpochRecord): (string | number | undefined)[] => [
    ...[run.job.runId, run.job.model, run.job.preset, run.job.training.seed, run.dataset.name, epoch.epoch],
    ...[epoch.epoch === run.bestEpoch ? 1 : 0, epoch.elapsedMs / 1000],
    ...paths.map((path) => epoch.metrics[path]),
    ...counts(epoch.confusion.train),
    ...counts(epoch.confusion.validation),
    ...expertIndices.map((i) => epoch.expertLoad?.[i]),
  ];
  return csvText([header, ...runs.flatMap((run) => run.epochs.map((epoch) => row(run, epoch)))]);
}
