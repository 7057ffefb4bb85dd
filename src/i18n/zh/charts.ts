/** Chinese texts of the place "charts". */
import type { charts as english } from '../en/charts.ts';
import type { Translated } from '../translated.ts';

export const charts: Translated<typeof english> = {
  title: '曲线',
  atEpoch: '第 {{at}} 轮',
  empty: '训练几步之后出现第一批点。',
  emptyEpoch: '第一轮完成后出现。',
  train: '训练',
  validation: '验证',
  value: '数值',
  best: '最佳基线：{{name}}',
  bestEpoch: '最佳',
  basisPoints: '{{value}} 基点',
  legend: '细线为每一步，粗线为每一轮。',
  confusion: '混淆矩阵：验证集，第 {{epoch}} 轮（最佳）',
  confusionTest: '混淆矩阵：测试集，最佳权重',
  actual: '实际',
  predicted: '预测',
  expertLoad: '专家负载，第 {{epoch}} 轮',
  expertLoadHelp: '实际路由份额与平均份额之比。1 为理想值，低于 {{limit}} 视为失效。',
  expert: '专家 {{number}}',
  baseline: {
    majority: '多数类',
    persistence: '延续上一走势',
    logistic: '逻辑回归',
  },
};
