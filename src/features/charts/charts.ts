/** The charts of a run. One of the four tables: a metric path in a line here is a chart on the screen. */
import type { TermId } from '../../components/term/term.tsx';
import type { Text } from '../../lib/fields.ts';
import type { Job } from '../../training/job.ts';

export interface ChartSeries {
  /** Metric path (see `Metrics`). */
  readonly path: string;
  readonly role: 'train' | 'validation' | 'single';
  /** The block of the model that the line is of, where there is one for each. */
  readonly block?: number;
  /** Where the points of its steps are, when not under `path`. */
  readonly stepPath?: string;
}

export interface ChartDefinition {
  readonly id: string;
  readonly title: Text;
  /** Explains the title. */
  readonly term: TermId;
  readonly unit: 'number' | 'percent' | 'basis-points' | 'scientific' | 'bytes' | 'speed';
  readonly series: readonly ChartSeries[];
  /** A line for each block of the model in place of `series`: its epochs are under this path, its steps under `perBlockSteps`. */
  readonly perBlock?: string;
  readonly perBlockSteps?: string;
  /** Draws the best baseline's interval behind the curves. */
  readonly baselines?: true;
  /** Absent: every run has it. */
  readonly when?: (job: Job) => boolean;
}

const single = (path: string): readonly ChartSeries[] => [{ path, role: 'single' }];
const both = (metric: string): readonly ChartSeries[] => [
  { path: `train/${metric}`, role: 'train' },
  { path: `validation/${metric}`, role: 'validation' },
];
const classifies = ({ task }: Job): boolean => task === undefined;
const hasExperts = ({ model }: Job): boolean => model === 'moe-transformer';

export const charts: readonly ChartDefinition[] = [
  { id: 'loss', term: 'loss', title: { en: 'Loss', zh: '损失' }, unit: 'number', series: both('loss') },
  {
    id: 'accuracy',
    term: 'accuracy',
    title: { en: 'Accuracy', zh: '准确率' },
    unit: 'percent',
    series: both('accuracy'),
    baselines: true,
    when: classifies,
  },
  { id: 'mae', term: 'mae', title: { en: 'Return MAE', zh: '收益 MAE' }, unit: 'basis-points', series: both('mae'), when: classifies },
  {
    id: 'class-loss',
    term: 'classLoss',
    title: { en: 'Direction loss (cross-entropy)', zh: '方向损失（交叉熵）' },
    unit: 'number',
    series: both('classLoss'),
    when: classifies,
  },
  {
    id: 'return-loss',
    term: 'returnLoss',
    title: { en: 'Return loss (MSE)', zh: '收益损失（均方误差）' },
    unit: 'number',
    series: both('returnLoss'),
    when: classifies,
  },
  {
    id: 'auxiliary',
    term: 'auxiliaryLoss',
    title: { en: 'MoE auxiliary loss', zh: 'MoE 辅助损失' },
    unit: 'number',
    series: both('auxiliary'),
    when: hasExperts,
  },
  {
    id: 'auxiliary-blocks',
    term: 'auxiliaryLoss',
    title: { en: 'MoE auxiliary loss by block: training steps, validation', zh: 'MoE 各块辅助损失：训练步与验证集' },
    unit: 'number',
    series: [],
    perBlock: 'validation/auxiliary',
    perBlockSteps: 'train/auxiliary',
    when: hasExperts,
  },
  {
    id: 'router-entropy',
    term: 'routerEntropy',
    title: { en: 'Router entropy by block, validation', zh: '各块路由熵（验证集）' },
    unit: 'percent',
    series: [],
    perBlock: 'validation/routerEntropy',
    when: hasExperts,
  },
  {
    id: 'macro-f1',
    term: 'macroF1',
    title: { en: 'Macro F1', zh: '宏平均 F1' },
    unit: 'number',
    series: both('macroF1'),
    when: classifies,
  },
  {
    id: 'information-coefficient',
    term: 'informationCoefficient',
    title: { en: 'Information coefficient', zh: '信息系数（IC）' },
    unit: 'number',
    series: both('informationCoefficient'),
    when: classifies,
  },
  {
    id: 'gradient-norm',
    term: 'gradientNorm',
    title: { en: 'Gradient norm', zh: '梯度范数' },
    unit: 'number',
    series: single('optimizer/gradientNorm'),
  },
  {
    id: 'learning-rate',
    term: 'learningRate',
    title: { en: 'Learning rate', zh: '学习率' },
    unit: 'scientific',
    series: single('optimizer/learningRate'),
  },
  { id: 'speed', term: 'speed', title: { en: 'Speed', zh: '速度' }, unit: 'speed', series: single('speed/barsPerSecond') },
  {
    id: 'memory',
    term: 'deviceMemory',
    title: { en: 'Device memory', zh: '设备内存' },
    unit: 'bytes',
    series: single('speed/deviceBytes'),
  },
];

function blockSeries({ modelConfig }: Job, path: string, stepPath: string | undefined): readonly ChartSeries[] {
  const blocks = Number(modelConfig.blocks ?? 0);
  return Array.from({ length: blocks }, (_, block) => {
    const of = (prefix: string) => `${prefix}/block${block}`;
    return { path: of(path), role: 'single', block, ...(stepPath === undefined ? {} : { stepPath: of(stepPath) }) };
  });
}

/** The charts that a run of a job has. */
export const chartsOf = (job: Job): readonly ChartDefinition[] =>
  charts
    .filter((chart) => chart.when?.(job) ?? true)
    .map((chart) => (chart.perBlock === undefined ? chart : { ...chart, series: blockSeries(job, chart.perBlock, chart.perBlockSteps) }));

/** Every metric that a chart draws, for its file. */
export const pathsOf = ({ series }: ChartDefinition): readonly string[] => [
  ...series.flatMap(({ stepPath }) => stepPath ?? []),
  ...series.map(({ path }) => path),
];
