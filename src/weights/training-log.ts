/** `training.log`: one run as a person reads it, one line per epoch. */
import type { ModelId } from '../models/catalog.ts';
import type { EpochRecord, RunSummary } from '../training/run.ts';
import { appName, appVersion } from './app-version.ts';
import { decimal, duration, isoTime, type Language, notice, percent, percentWithInterval } from './run-facts.ts';
import { textTable } from './text-table.ts';
import { baselineNames, classTexts, columnTexts, endTexts, statusTexts } from './texts.ts';

const settings = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');

/** The log in one language; an asterisk marks the epoch whose weights were kept. */
export function trainingLog(run: RunSummary, language: Language, nameOf: (model: ModelId) => string): string {
  const zh = language === 'zh';
  const title = `${appName} ${appVersion} · ${zh ? '训练日志' : 'training log'}`;
  const lines = [
    title,
    '',
    ...header(run, language, nameOf),
    '',
    epochTable(run, language),
    '',
    ...results(run, language),
    notice[language],
  ];
  return `${lines.join('\n')}\n`;
}

function header(run: RunSummary, language: Language, nameOf: (model: ModelId) => string): string[] {
  const zh = language === 'zh';
  const { job, prepared, parameters } = run;
  const part = (name: string, { windows, firstTime, lastTime }: { windows: number; firstTime: number; lastTime: number }): string =>
    `${name} ${windows} (${isoTime(firstTime)} … ${isoTime(lastTime)})`;
  const { train, validation, test } = prepared.parts;
  const windows = [part(zh ? '训练' : 'training', train), part(zh ? '验证' : 'validation', validation), part(zh ? '测试' : 'test', test)];
  const { rule, lower, upper, returnDeviation } = prepared.labels;
  return [
    `${zh ? '运行' : 'run'}: ${job.runId} · ${isoTime(run.startedAt)}`,
    `${zh ? '模型' : 'model'}: ${nameOf(job.model)} (${job.model}, ${job.preset}) · ${settings(job.modelConfig)}`,
    zh
      ? `参数: 共 ${parameters.total}，可训练 ${parameters.trainable}，每个 token 激活 ${parameters.active}`
      : `parameters: ${parameters.total} in all, ${parameters.trainable} trainable, ${parameters.active} active per token`,
    `${zh ? '设备' : 'device'}: ${run.backend} · ${run.adapter}`,
    `${zh ? '数据' : 'data'}: ${run.dataset.name.replace(/[\r\n]+/g, ' ')} · SHA-256 ${run.dataset.id}`,
    `${zh ? '窗口' : 'windows'}: ${windows.join(', ')}`,
    `T ${prepared.sequenceLength.value} · ${zh ? '预测步长' : 'horizon'} ${job.data.horizon} · N ${prepared.usableBars}`,
    `${zh ? '特征' : 'features'} (${prepared.featureNames.length}): ${prepared.featureNames.join(' ')}`,
    `${zh ? '标签' : 'labels'}: ${rule}, ${lower ?? '-'} … ${upper ?? '-'}, ${zh ? '收益标准差' : 'return deviation'} ${returnDeviation}`,
    `${zh ? '训练设置' : 'training'}: ${settings(job.training)}`,
    `${zh ? '数据设置' : 'data settings'}: ${settings(job.data)}`,
  ];
}

function epochTable(run: RunSummary, language: Language): string {
  const auxiliary = run.epochs.some((epoch) => epoch.metrics['train/auxiliary'] !== undefined);
  const columns: { name: keyof typeof columnTexts; cell: (epoch: EpochRecord) => string }[] = [
    { name: 'epoch', cell: ({ epoch }) => `${epoch === run.bestEpoch ? '* ' : ''}${epoch}/${run.job.training.epochs}` },
    { name: 'learningRate', cell: ({ metrics }) => metrics['optimizer/learningRate']?.toExponential(3) ?? '-' },
    { name: 'trainLoss', cell: ({ metrics }) => decimal(metrics['train/loss'], 5) },
    { name: 'validationLoss', cell: ({ metrics }) => decimal(metrics['validation/loss'], 5) },
    { name: 'trainAccuracy', cell: ({ metrics }) => percent(metrics['train/accuracy']) },
    { name: 'epochAccuracy', cell: ({ metrics }) => percent(metrics['validation/accuracy']) },
    { name: 'epochBalanced', cell: ({ metrics }) => percent(metrics['validation/balancedAccuracy']) },
    { name: 'epochF1', cell: ({ metrics }) => decimal(metrics['validation/macroF1'], 3) },
    { name: 'epochMae', cell: ({ metrics }) => decimal(metrics['validation/mae'], 3) },
    { name: 'epochIc', cell: ({ metrics }) => decimal(metrics['validation/informationCoefficient'], 3) },
    { name: 'gradientNorm', cell: ({ metrics }) => decimal(metrics['optimizer/gradientNorm'], 4) },
    ...(auxiliary ? [{ name: 'auxiliary' as const, cell: ({ metrics }: EpochRecord) => decimal(metrics['train/auxiliary'], 4) }] : []),
    { name: 'time', cell: ({ elapsedMs }) => duration(elapsedMs) },
  ];
  const head = columns.map(({ name }) => columnTexts[name][language]);
  return textTable([head, ...run.epochs.map((epoch) => columns.map(({ cell }) => cell(epoch)))]);
}

function results(run: RunSummary, language: Language): string[] {
  const zh = language === 'zh';
  const end = run.stoppedBy ? endTexts[run.stoppedBy][language] : '-';
  const lines = [
    `${zh ? '状态' : 'status'}: ${statusTexts[run.status][language]} · ${zh ? '结束原因' : 'ended by'}: ${end} · ${zh ? '用时' : 'time'} ${duration(run.elapsedMs)}`,
    `${zh ? '最佳轮' : 'best epoch'}: ${run.bestEpoch > 0 ? run.bestEpoch : '-'}`,
  ];
  for (const { id, validation, test } of run.baselines) {
    const scores = zh
      ? `验证 ${percentWithInterval(validation)}，测试 ${percentWithInterval(test)}`
      : `validation ${percentWithInterval(validation)}, test ${percentWithInterval(test)}`;
    lines.push(`${zh ? '基线' : 'baseline'} ${baselineNames[id][language]}: ${scores}`);
  }
  if (run.test) {
    lines.push(
      `${zh ? '测试准确率' : 'test accuracy'}: ${percentWithInterval(run.test.accuracy)}`,
      `${zh ? '测试指标' : 'test'}: ${settings(run.test.metrics)}`,
    );
    const names = classTexts.map((text) => text[language]);
    const rows = names.map((name, actual) => [
      name,
      ...names.map((_, predicted) => String(run.test?.confusion[actual * 3 + predicted] ?? 0)),
    ]);
    lines.push(textTable([[zh ? '实际 \\ 预测' : 'actual \\ predicted', ...names], ...rows]));
  }
  for (const { code, parameters } of run.warnings) lines.push(`${zh ? '警告' : 'warning'}: ${code} ${settings(parameters)}`.trimEnd());
  return lines;
}
