/** `model_comparison_results.txt`: the runs side by side, their baselines on the same rows, and in honest words whether any of it beats them. */
import type { ModelId } from '../models/catalog.ts';
import { bestRecord, seedSummaries, strongestBaseline, verdictOf } from '../training/groups.ts';
import type { RunSummary, Score } from '../training/run.ts';
import { appName, appVersion } from './app-version.ts';
import { bestRun, comparableGroups } from './comparison-groups.ts';
import { decimal, duration, isoTime, type Language, notice, percent, percentWithInterval } from './run-facts.ts';
import { textTable } from './text-table.ts';
import { baselineNames, columnTexts, verdictTexts } from './texts.ts';

type NameOf = (model: ModelId) => string;

/** The text in one language. `nameOf` gives a model's name; runs that were not scored on the same rows stand in separate tables. */
export function comparisonText(runs: readonly RunSummary[], language: Language, nameOf: NameOf): string {
  const zh = language === 'zh';
  const groups = comparableGroups(runs);
  const sections = groups.map((group) => section(group, language, nameOf));
  const separate = zh
    ? '以下各表的数据、标签或测试区间不同，不可互相比较。'
    : 'The tables below differ in data, labels or test rows and cannot be compared with one another.';
  const lines = [
    `${zh ? '模型对比' : 'Model comparison'} · ${appName} ${appVersion}`,
    ...(groups.length > 1 ? [separate] : []),
    ...(groups.length === 0 ? [zh ? '尚无完成的训练轮。' : 'No run has finished an epoch yet.'] : []),
    ...sections.map((text) => `\n${text}`),
    '',
    zh
      ? '区间为 95 %，由循环块自助法得到（标签重叠）。最佳轮按验证集选出，测试集只用于最后评分。'
      : 'Intervals are 95 %, by a circular block bootstrap (labels overlap). The best epoch was chosen on validation rows; test rows were only scored at the end.',
    notice[language],
  ];
  return `${lines.join('\n')}\n`;
}

function section(runs: readonly RunSummary[], language: Language, nameOf: NameOf): string {
  const [first] = runs as readonly [RunSummary];
  const lines = [dataLines(first, language), '', runTable(runs, language, nameOf), '', baselineTable(first, language), ''];
  lines.push(...seedLines(runs, language, nameOf), ...conclusion(runs, language, nameOf));
  return lines.join('\n');
}

function dataLines({ dataset, prepared, job }: RunSummary, language: Language): string {
  const zh = language === 'zh';
  const { train, validation, test } = prepared.parts;
  return [
    `${zh ? '数据' : 'Data'}: ${dataset.name.replace(/[\r\n]+/g, ' ')} (SHA-256 ${dataset.id})`,
    zh
      ? `窗口: 训练 ${train.windows}，验证 ${validation.windows}，测试 ${test.windows}；预测步长 ${job.data.horizon} 根；标签规则 ${prepared.labels.rule}`
      : `Windows: ${train.windows} training, ${validation.windows} validation, ${test.windows} test; horizon ${job.data.horizon} bars; label rule ${prepared.labels.rule}`,
    `${zh ? '测试区间' : 'Test rows'}: ${isoTime(test.firstTime)} … ${isoTime(test.lastTime)}`,
  ].join('\n');
}

function runTable(runs: readonly RunSummary[], language: Language, nameOf: NameOf): string {
  const head = [
    ...['model', 'seed', 'parameters', 'bestEpoch', 'validationAccuracy', 'testAccuracy', 'balancedAccuracy', 'macroF1'],
    ...['mae', 'informationCoefficient', 'time'],
  ] as (keyof typeof columnTexts)[];
  const row = (run: RunSummary): string[] => [
    `${nameOf(run.job.model)} · ${run.job.preset} · T ${run.prepared.sequenceLength.value}`,
    String(run.job.training.seed),
    String(run.parameters.total),
    `${run.bestEpoch}/${run.epochs.length}`,
    bestRecord(run)?.validationAccuracy
      ? percentWithInterval(bestRecord(run)?.validationAccuracy)
      : percent(bestRecord(run)?.metrics['validation/accuracy']),
    percentWithInterval(run.test?.accuracy),
    percent(testMetric(run, 'balancedAccuracy')),
    decimal(testMetric(run, 'macroF1'), 3),
    decimal(testMetric(run, 'mae'), 3),
    decimal(testMetric(run, 'informationCoefficient'), 3),
    duration(run.elapsedMs),
  ];
  return textTable([head.map((name) => columnTexts[name][language]), ...runs.map(row)]);
}

/** A metric of the test rows, under its bare name or its path. */
function testMetric(run: RunSummary, metric: string): number | undefined {
  return run.test?.metrics[metric] ?? run.test?.metrics[`test/${metric}`];
}

function baselineTable(run: RunSummary, language: Language): string {
  const head = [columnTexts.baseline, columnTexts.validationAccuracy, columnTexts.testAccuracy].map((text) => text[language]);
  const rows = run.baselines.map(({ id, validation, test }) => [
    baselineNames[id][language],
    percentWithInterval(validation),
    percentWithInterval(test),
  ]);
  return textTable([head, ...rows]);
}

function seedLines(runs: readonly RunSummary[], language: Language, nameOf: NameOf): string[] {
  const zh = language === 'zh';
  return seedSummaries(runs).map(({ runs: same, validation, test }) => {
    const figure = (part: { mean: number; deviation: number } | null): string =>
      part ? `${percent(part.mean)} ± ${percent(part.deviation)}` : '-';
    const name = same[0] ? nameOf(same[0].job.model) : '';
    return zh
      ? `${name}，${same.length} 个种子: 验证 ${figure(validation)}，测试 ${figure(test)}`
      : `${name}, ${same.length} seeds: validation ${figure(validation)}, test ${figure(test)}`;
  });
}

function conclusion(runs: readonly RunSummary[], language: Language, nameOf: NameOf): string[] {
  const zh = language === 'zh';
  const best = bestRun(runs);
  if (!best) return [];
  const name = nameOf(best.job.model);
  const accuracy = percent(bestRecord(best)?.metrics['validation/accuracy']);
  const lines = [
    zh ? `最佳模型（按验证准确率）: ${name}，${accuracy}` : `Best model by validation accuracy: ${name}, ${accuracy}`,
    ...verdictLines(best.test?.accuracy, best, language),
  ];
  for (const run of runs) {
    const collapsed = run.warnings.some((warning) => warning.code === 'collapsed');
    const overfitting = run.warnings.some((warning) => warning.code === 'overfitting');
    const runName = `${nameOf(run.job.model)} (${zh ? '种子' : 'seed'} ${run.job.training.seed})`;
    if (collapsed) lines.push(zh ? `注意: ${runName} 只预测一个类别（塌缩）。` : `Note: ${runName} predicts one class only (collapsed).`);
    if (overfitting)
      lines.push(
        zh
          ? `注意: ${runName} 训练与验证差距大（过拟合）。`
          : `Note: ${runName} is far better in training than in validation (overfitting).`,
      );
  }
  return lines;
}

function verdictLines(test: Score | undefined, run: RunSummary, language: Language): string[] {
  const zh = language === 'zh';
  const baseline = strongestBaseline(run.baselines);
  if (!test) return [zh ? '尚未在测试集上评分。' : 'It has not been scored on test rows.'];
  if (!baseline) return [];
  const figures = zh
    ? `测试集: ${percentWithInterval(test)}；最强基线 ${baselineNames[baseline.id].zh} ${percentWithInterval(baseline.test)}。`
    : `On test rows: ${percentWithInterval(test)}; strongest baseline, ${baselineNames[baseline.id].en}: ${percentWithInterval(baseline.test)}.`;
  return [figures, verdictTexts[verdictOf(test, baseline.test)][language]];
}
