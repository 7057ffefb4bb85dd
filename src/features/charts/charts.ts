/** The charts of a run. One of the four tables: a metric path in a line here is a chart on the screen. */
import type { Text } from '../../lib/fields.ts';
import type { RunSummary } from '../../training/run.ts';

export interface ChartSeries {
  /** Metric path (see `Metrics`). */
  readonly path: string;
  readonly role: 'train' | 'validation' | 'single';
  /** What tells the line from others of the same role. */
  readonly label?: Text;
}

export interface ChartDefinition {
  readonly id: string;
  readonly title: Text;
  readonly unit: 'number' | 'percent' | 'basis-points' | 'scientific' | 'bytes' | 'speed';
  readonly series: readonly ChartSeries[];
  /** Draws the best baseline's interval behind the curves. */
  readonly baselines?: true;
  /** Absent: every run has it. */
  readonly when?: (run: RunSummary) => boolean;
}

const single = (path: string): readonly ChartSeries[] => [{ path, role: 'single' }];
const both = (metric: string): readonly ChartSeries[] => [
  { path: `train/${metric}`, role: 'train' },
  { path: `validation/${metric}`, role: 'validation' },
];
const classifies = (run: RunSummary): boolean => run.job.task === undefined;
const hasExperts = (run: RunSummary): boolean => run.job.model === 'moe-transformer';

export const charts: readonly ChartDefinition[] = [
  { id: 'loss', title: { en: 'Loss', zh: '损失' }, unit: 'number', series: both('loss') },
  { id: 'accuracy', title: { en: 'Accuracy', zh: '准确率' }, unit: 'percent', series: both('accuracy'), baselines: true, when: classifies },
  { id: 'mae', title: { en: 'Return MAE', zh: '收益 MAE' }, unit: 'basis-points', series: both('mae'), when: classifies },
  {
    id: 'class-loss',
    title: { en: 'Direction loss (cross-entropy)', zh: '方向损失（交叉熵）' },
    unit: 'number',
    series: both('classLoss'),
    when: classifies,
  },
  {
    id: 'return-loss',
    title: { en: 'Return loss (MSE)', zh: '收益损失（均方误差）' },
    unit: 'number',
    series: both('returnLoss'),
    when: classifies,
  },
  { id: 'auxiliary', title: { en: 'MoE auxiliary loss', zh: 'MoE 辅助损失' }, unit: 'number', series: both('auxiliary'), when: hasExperts },
  { id: 'macro-f1', title: { en: 'Macro F1', zh: '宏平均 F1' }, unit: 'number', series: both('macroF1'), when: classifies },
  {
    id: 'information-coefficient',
    title: { en: 'Information coefficient', zh: '信息系数（IC）' },
    unit: 'number',
    series: both('informationCoefficient'),
    when: classifies,
  },
  { id: 'gradient-norm', title: { en: 'Gradient norm', zh: '梯度范数' }, unit: 'number', series: single('optimizer/gradientNorm') },
  { id: 'learning-rate', title: { en: 'Learning rate', zh: '学习率' }, unit: 'scientific', series: single('optimizer/learningRate') },
  { id: 'speed', title: { en: 'Speed', zh: '速度' }, unit: 'speed', series: single('speed/barsPerSecond') },
  { id: 'memory', title: { en: 'Device memory', zh: '设备内存' }, unit: 'bytes', series: single('speed/deviceBytes') },
];

/** The charts that a run has. */
export const chartsOf = (run: RunSummary): readonly ChartDefinition[] => charts.filter((chart) => chart.when?.(run) ?? true);
