/** `model_comparison_results.csv` and `.md`: every finished run beside the baselines on its own rows, as a table. */
import { bestRecord } from '../training/groups.ts';
import type { RunSummary, Score } from '../training/run.ts';
import { comparableGroups } from './comparison-groups.ts';
import { csvText } from './csv-text.ts';
import { markdown } from './documents/markdown.ts';
import { inLanguage, type Wording } from './documents/section.ts';
import { decimal, notice, percentWithInterval } from './run-facts.ts';
import { baselineNames, columnTexts } from './texts.ts';

const scoreCells = (score: Score | undefined): (number | undefined)[] => [score?.value, score?.low, score?.high];
const of = (run: RunSummary, metric: string): number | undefined => run.test?.metrics[`test/${metric}`] ?? run.test?.metrics[metric];

/**
 * One line a run or baseline. `group` numbers the runs that may be compared: same data, labels and test rows.
 * Columns: group, kind (run or baseline), name, preset, seed, runId, dataset, horizon, sequenceLength, parameters, bestEpoch, epochs,
 * validationAccuracy and testAccuracy with Low and High, testBalancedAccuracy, testMacroF1, testMaeBp, testInformationCoefficient, seconds.
 */
export function comparisonCsv(runs: readonly RunSummary[]): string {
  const scores = ['validationAccuracy', 'testAccuracy'].flatMap((name) => [name, `${name}Low`, `${name}High`]);
  const head = [
    ...['group', 'kind', 'name', 'preset', 'seed', 'runId', 'dataset', 'horizon', 'sequenceLength', 'parameters', 'bestEpoch', 'epochs'],
    ...scores,
    ...['testBalancedAccuracy', 'testMacroF1', 'testMaeBp', 'testInformationCoefficient', 'seconds'],
  ];
  const rows = comparableGroups(runs).flatMap((group, index) => {
    const [first] = group as [RunSummary];
    const shared = (run: RunSummary) => [run.dataset.name, run.job.data.horizon];
    const own = group.map((run) => {
      const validation = bestRecord(run)?.validationAccuracy;
      const plain = bestRecord(run)?.metrics['validation/accuracy'];
      return [
        ...[index + 1, 'run', run.job.model, run.job.preset, run.job.training.seed, run.job.runId, ...shared(run)],
        ...[run.prepared.sequenceLength.value, run.parameters.total, run.bestEpoch, run.epochs.length],
        ...(validation ? scoreCells(validation) : [plain, undefined, undefined]),
        ...scoreCells(run.test?.accuracy),
        ...[of(run, 'balancedAccuracy'), of(run, 'macroF1'), of(run, 'mae'), of(run, 'informationCoefficient'), run.elapsedMs / 1000],
      ];
    });
    const baselines = first.baselines.map(({ id, validation, test }) => [
      ...[index + 1, 'baseline', id, '', undefined, '', ...shared(first), undefined, undefined, undefined, undefined],
      ...scoreCells(validation),
      ...scoreCells(test),
    ]);
    return [...own, ...baselines];
  });
  return csvText([head, ...rows]);
}

export function comparisonMarkdown(runs: readonly RunSummary[], wording: Wording): string {
  const t = inLanguage(wording);
  const column = (name: keyof typeof columnTexts): string => columnTexts[name][wording.language];
  const sections = comparableGroups(runs).map((group) => {
    const [first] = group as [RunSummary];
    const head = [
      column('model'),
      column('seed'),
      column('validationAccuracy'),
      column('testAccuracy'),
      column('macroF1'),
      column('mae'),
      column('informationCoefficient'),
    ];
    const rows = group.map((run) => [
      `${wording.nameOf(run.job.model)} · ${run.job.preset}`,
      String(run.job.training.seed),
      percentWithInterval(bestRecord(run)?.validationAccuracy),
      percentWithInterval(run.test?.accuracy),
      ...[decimal(of(run, 'macroF1'), 3), decimal(of(run, 'mae'), 3), decimal(of(run, 'informationCoefficient'), 3)],
    ]);
    const baselines = first.baselines.map(({ id, validation, test }) => [
      baselineNames[id][wording.language],
      '',
      percentWithInterval(validation),
      percentWithInterval(test),
      ...['', '', ''],
    ]);
    return {
      title: `${first.dataset.name} · T ${first.prepared.sequenceLength.value} · h ${first.job.data.horizon}`,
      table: [head, ...rows, ...baselines],
      notes: [t('Intervals are 95 %, by a circular block bootstrap.', '区间为 95 %（循环块自助法）。')],
    };
  });
  return `# ${t('Model comparison', '模型对比')}\n\n${notice[wording.language]}\n\n${markdown(sections)}`;
}
