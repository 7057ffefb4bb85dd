/** Everything that is known of a run, in sections: what every report, card and configuration document of it says in the same words. */
import { bestRecord, strongestBaseline, verdictOf } from '../../training/groups.ts';
import type { RunSummary } from '../../training/run.ts';
import { decimal, duration, isoTime, percent, percentWithInterval } from '../run-facts.ts';
import { actionTexts, baselineNames, classTexts, endTexts, findingTexts, statusTexts, verdictTexts } from '../texts.ts';
import { inLanguage, type Section, type Wording } from './section.ts';

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');

type Values = Readonly<Record<string, unknown>>;
const settings = (section: 'model' | 'data' | 'training', run: RunSummary, values: Values, wording: Wording): [string, string][] =>
  Object.entries(values).map(([name, value]) => {
    const label = wording.labelOf(section, run.job.model, name)?.[wording.language];
    return [label ? `${label} (${name})` : name, String(value)];
  });

export function modelSection(run: RunSummary, wording: Wording): Section {
  const t = inLanguage(wording);
  const { job, parameters } = run;
  return {
    title: t('Model', '模型'),
    facts: [
      [t('Model', '模型'), `${wording.nameOf(job.model)} (${job.model}, ${job.preset})`],
      [t('Parameters', '参数量'), whole(parameters.total)],
      [t('Trainable', '可训练'), whole(parameters.trainable)],
      [t('Active per token', '每个 token 激活'), whole(parameters.active)],
      ...settings('model', run, job.modelConfig, wording),
      ...(run.base ? [[t('Frozen base', '冻结基座'), `${run.base.kind} ${run.base.source} · SHA-256 ${run.base.sha256}`] as const] : []),
      ...(run.start ? [[t('Goes on from', '接续自'), `${run.start.source} (${run.start.kind}, ${run.start.epochs})`] as const] : []),
    ],
  };
}

export function dataSection(run: RunSummary, wording: Wording): Section {
  const t = inLanguage(wording);
  const { dataset, prepared, job } = run;
  const { labels, parts, sequenceLength } = prepared;
  return {
    title: t('Data', '数据'),
    facts: [
      [t('File', '文件'), oneLine(dataset.name)],
      ['SHA-256', dataset.id],
      [t('From … to', '时间范围'), `${isoTime(parts.train.firstTime)} … ${isoTime(parts.test.lastTime)}`],
      [t('Usable bars N', '可用 K 线 N'), `${whole(prepared.usableBars)} (+ ${prepared.warmUpBars} ${t('warm-up', '预热')})`],
      [t('Sequence length T', '序列长度 T'), `${sequenceLength.value} (${t('automatic', '自动')}: ${sequenceLength.automatic})`],
      [t('Horizon', '预测步长'), String(job.data.horizon)],
      [t('Label rule', '标签规则'), `${labels.rule}: ${labels.lower ?? '-'} … ${labels.upper ?? '-'}`],
      [t('Return deviation', '收益标准差'), String(labels.returnDeviation)],
      [t('Class weights', '类别权重'), prepared.classWeights.map((weight) => weight.toFixed(4)).join(', ')],
      [t('Features', '特征'), `${prepared.featureNames.length}: ${prepared.featureNames.join(', ')}`],
    ],
    table: [
      [t('Part', '部分'), t('Windows', '窗口'), t('From', '起'), t('To', '止'), ...classTexts.map((text) => text[wording.language])],
      ...([t('training', '训练'), t('validation', '验证'), t('test', '测试')] as const).map((name, i) => {
        const part = [parts.train, parts.validation, parts.test][i] as (typeof parts)['train'];
        return [name, whole(part.windows), isoTime(part.firstTime), isoTime(part.lastTime), ...part.classes.map(whole)];
      }),
    ],
  };
}

/** Scores with intervals, beside the baselines on the same rows, and what they amount to. */
export function scoreSection(run: RunSummary, wording: Wording): Section {
  const t = inLanguage(wording);
  const best = bestRecord(run);
  const validation = best?.validationAccuracy
    ? percentWithInterval(best.validationAccuracy)
    : percent(best?.metrics['validation/accuracy']);
  const strongest = strongestBaseline(run.baselines);
  const notes = [
    t(
      'Accuracy with its 95 % interval by a block bootstrap; the best epoch was chosen on validation rows.',
      '准确率及其 95 % 区间（循环块自助法）；最佳轮按验证集选出。',
    ),
  ];
  if (run.test && strongest) notes.push(verdictTexts[verdictOf(run.test.accuracy, strongest.test)][wording.language]);
  for (const { code, parameters } of run.warnings)
    notes.push(
      `${t('Warning', '警告')}: ${code} ${Object.entries(parameters)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}`.trimEnd(),
    );
  return {
    title: t('Scores and baselines', '成绩与基线'),
    table: [
      ['', t('Validation', '验证'), t('Test', '测试')],
      [wording.nameOf(run.job.model), validation, percentWithInterval(run.test?.accuracy)],
      ...run.baselines.map(({ id, validation: own, test }) => [
        baselineNames[id][wording.language],
        percentWithInterval(own),
        percentWithInterval(test),
      ]),
    ],
    notes,
  };
}

const measured = [
  ['loss', 5],
  ['classLoss', 5],
  ['returnLoss', 5],
  ['auxiliary', 5],
  ['accuracy', 4],
  ['balancedAccuracy', 4],
  ['macroF1', 4],
  ['mae', 4],
  ['informationCoefficient', 4],
] as const;

/** What was measured while it trained and after. */
export function measuredSection(run: RunSummary, wording: Wording): Section {
  const t = inLanguage(wording);
  const best = bestRecord(run);
  const of = (part: string, name: string): number | undefined =>
    part === 'test' ? (run.test?.metrics[`test/${name}`] ?? run.test?.metrics[name]) : best?.metrics[`${part}/${name}`];
  const rows = measured.filter(([name]) => ['train', 'validation', 'test'].some((part) => of(part, name) !== undefined));
  const last = run.epochs.at(-1)?.metrics;
  const speed = last?.['speed/barsPerSecond'];
  return {
    title: t('Measured', '实测'),
    facts: [
      [
        t('Status', '状态'),
        `${statusTexts[run.status][wording.language]}${run.stoppedBy ? ` · ${endTexts[run.stoppedBy][wording.language]}` : ''}`,
      ],
      [t('Epochs, best', '轮数，最佳轮'), `${run.epochs.length}, ${run.bestEpoch || '-'}`],
      ...(run.epochs.length === 0 && run.stoppedBy !== null
        ? [
            [
              t('Weights', '权重'),
              t(
                'of the last step: no epoch was measured, no validation has chosen them',
                '最后一步的权重：尚无一轮经过评估，未经验证集挑选',
              ),
            ] as const,
          ]
        : []),
      [t('Training time', '训练用时'), duration(run.elapsedMs)],
      [t('Per epoch', '每轮'), run.epochs.length > 0 ? `${(run.elapsedMs / run.epochs.length / 1000).toFixed(1)} s` : '-'],
      ...(speed === undefined ? [] : [[t('Bars per second', '每秒 K 线'), whole(speed)] as const]),
      [t('Device', '设备'), `${run.backend || '-'} · ${run.kernels ?? '-'} · ${run.adapter || '-'}`],
      [t('Started', '开始时间'), isoTime(run.startedAt)],
    ],
    table: [
      [t('Metric (best epoch)', '指标（最佳轮）'), t('training', '训练'), t('validation', '验证'), t('test', '测试')],
      ...rows.map(([name, digits]) => [name, ...['train', 'validation', 'test'].map((part) => decimal(of(part, name), digits))]),
    ],
  };
}

export function trainingSection(run: RunSummary, wording: Wording): Section {
  const t = inLanguage(wording);
  return { title: t('Training settings', '训练设置'), facts: settings('training', run, run.job.training, wording) };
}

export function dataSettingsSection(run: RunSummary, wording: Wording): Section {
  return { title: inLanguage(wording)('Data settings', '数据设置'), facts: settings('data', run, run.job.data, wording) };
}

/** What was found in the file, and what was done about it. */
export function healthSection({ health }: RunSummary, wording: Wording): Section | null {
  if (!health) return null;
  const t = inLanguage(wording);
  const { rows, findings } = health;
  return {
    title: t('Data health', '数据体检'),
    facts: [[t('Rows read, kept, dropped', '读取、保留、丢弃的行'), [rows.read, rows.kept, rows.dropped].map(whole).join(', ')]],
    ...(findings.length === 0
      ? { notes: [t('Nothing was found.', '未发现问题。')] }
      : {
          table: [
            [t('Finding', '发现'), t('Count', '数量'), t('Action', '处理'), t('First lines', '首批行号')],
            ...findings.map(({ code, count, action, lines }) => [
              findingTexts[code]?.[wording.language] ?? code,
              whole(count),
              actionTexts[action][wording.language],
              lines.join(', '),
            ]),
          ],
        }),
  };
}

/** Self-test of the adapter and leak audit of the data. */
export function proofSection({ certificate, audit }: RunSummary, wording: Wording): Section {
  const t = inLanguage(wording);
  const outcome = (passed: boolean): string => (passed ? t('passed', '通过') : t('FAILED', '未通过'));
  const failed = certificate?.checks.filter((check) => !check.passed).map((check) => check.operation) ?? [];
  return {
    title: t('Certificate', '证书'),
    facts: [
      [
        t('Self-test of the adapter', '适配器自检'),
        certificate
          ? `${outcome(certificate.passed)} · ${certificate.checks.length} ${t('operations', '项运算')} · ${t('tolerance', '容差')} ${certificate.tolerance} · ${isoTime(certificate.at)}${failed.length > 0 ? ` · ${failed.join(', ')}` : ''}`
          : t('none was made', '未进行'),
      ],
      [
        t('Leak audit of the data', '数据泄漏检查'),
        audit
          ? `${outcome(audit.passed)} · ${audit.checks.map(({ id, passed }) => `${id} ${passed ? '✓' : '✗'}`).join(', ')}`
          : t('none was made', '未进行'),
      ],
    ],
  };
}
