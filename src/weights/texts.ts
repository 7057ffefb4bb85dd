/** The words of the written reports in both languages. */
import type { Text } from '../lib/fields.ts';

export const columnTexts = {
  model: { en: 'model', zh: '模型' },
  seed: { en: 'seed', zh: '种子' },
  parameters: { en: 'parameters', zh: '参数量' },
  bestEpoch: { en: 'best epoch', zh: '最佳轮' },
  validationAccuracy: { en: 'validation accuracy', zh: '验证准确率' },
  testAccuracy: { en: 'test accuracy', zh: '测试准确率' },
  balancedAccuracy: { en: 'test balanced', zh: '测试平衡准确率' },
  macroF1: { en: 'test macro F1', zh: '测试宏 F1' },
  mae: { en: 'test MAE (bp)', zh: '测试 MAE（基点）' },
  informationCoefficient: { en: 'test IC', zh: '测试 IC' },
  time: { en: 'time', zh: '用时' },
  baseline: { en: 'baseline', zh: '基线' },
  epoch: { en: 'epoch', zh: '轮' },
  learningRate: { en: 'learning rate', zh: '学习率' },
  trainLoss: { en: 'train loss', zh: '训练损失' },
  validationLoss: { en: 'val loss', zh: '验证损失' },
  trainAccuracy: { en: 'train acc', zh: '训练准确率' },
  epochAccuracy: { en: 'val acc', zh: '验证准确率' },
  epochBalanced: { en: 'val balanced', zh: '验证平衡' },
  epochF1: { en: 'val F1', zh: '验证 F1' },
  epochMae: { en: 'val MAE (bp)', zh: '验证 MAE（基点）' },
  epochIc: { en: 'val IC', zh: '验证 IC' },
  gradientNorm: { en: 'grad norm', zh: '梯度范数' },
  auxiliary: { en: 'auxiliary', zh: '辅助损失' },
} as const satisfies Record<string, Text>;

export const baselineNames = {
  majority: { en: 'majority class', zh: '多数类' },
  persistence: { en: 'last move persists', zh: '沿用上一变动' },
  logistic: { en: 'logistic regression on the last bar', zh: '末根 K 线逻辑回归' },
} as const satisfies Record<string, Text>;

export const classTexts: readonly Text[] = [
  { en: 'down', zh: '跌' },
  { en: 'flat', zh: '平' },
  { en: 'up', zh: '涨' },
];

export const statusTexts = {
  running: { en: 'running', zh: '进行中' },
  paused: { en: 'paused', zh: '已暂停' },
  finished: { en: 'finished', zh: '已完成' },
  stopped: { en: 'stopped by the person', zh: '已手动停止' },
  failed: { en: 'failed', zh: '失败' },
} as const satisfies Record<string, Text>;

export const endTexts = {
  epochs: { en: 'all epochs done', zh: '完成全部轮数' },
  'early-stopping': { en: 'early stopping', zh: '早停' },
  person: { en: 'stopped by the person', zh: '手动停止' },
  'not-finite': { en: 'the numbers went wrong', zh: '数值出错' },
} as const satisfies Record<string, Text>;

/** What the verdict on a score amounts to. */
export const verdictTexts = {
  above: {
    en: 'It is above the strongest baseline, and the intervals do not touch.',
    zh: '高于最强基线，且两区间不相交。',
  },
  within: {
    en: 'It is above the strongest baseline, but the intervals overlap: chance can explain the difference.',
    zh: '高于最强基线，但区间重叠：差异可能出于偶然。',
  },
  'not-above': {
    en: 'It is not better than the strongest baseline: nothing useful was learned here.',
    zh: '不优于最强基线：此处没有学到有用的规律。',
  },
} as const satisfies Record<string, Text>;

/** What the health report may find, in a few words. */
export const findingTexts: Readonly<Record<string, Text>> = {
  'duplicate-time': { en: 'same time twice', zh: '时间重复' },
  disorder: { en: 'not in time order', zh: '时间乱序' },
  gap: { en: 'gaps', zh: '缺口' },
  'missing-cell': { en: 'missing cells', zh: '缺失单元格' },
  'not-a-number': { en: 'cells that are no number', zh: '非数字单元格' },
  'impossible-bar': { en: 'impossible bars', zh: '不可能的 K 线' },
  'lost-decimal': { en: 'lost decimal point', zh: '丢失小数点' },
  'frozen-tail': { en: 'frozen tail', zh: '尾部冻结' },
  'flat-bars': { en: 'flat bars', zh: '一字线' },
  'zero-volume': { en: 'volume is zero', zh: '成交量为零' },
  interval: { en: 'interval other than one minute', zh: '周期不是一分钟' },
  'too-few-bars': { en: 'too few bars', zh: 'K 线太少' },
  'session-stamp': { en: 'nights stamped with the trading date', zh: '夜盘标注为交易日' },
  'repeated-header': { en: 'header repeated', zh: '表头重复' },
  'truncated-line': { en: 'last line cut off', zh: '末行被截断' },
};

export const actionTexts = {
  drop: { en: 'dropped', zh: '丢弃' },
  keep: { en: 'kept', zh: '保留' },
  stop: { en: 'stopped', zh: '停止' },
  sort: { en: 'sorted', zh: '排序' },
} as const satisfies Record<string, Text>;
