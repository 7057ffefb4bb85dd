/** Chinese texts of predictions from saved weights. */
import type { applying as english } from '../en/applying.ts';
import type { Translated } from '../translated.ts';

export const applying: Translated<typeof english> = {
  title: '预测',
  note: '用已保存的权重预测当前数据，直至最新一根 K 线。',
  chooseWeights: '选择权重文件…',
  chooseBase: '基座文件（仅头部权重需要）…',
  start: '开始预测',
  on: '数据：{{name}}。',
  noData: '请先在“数据”页载入 K 线。',
  noWeights: '请选择本页导出的 safetensors 文件。',
  training: '训练结束后可用。',
  running: '正在读取权重…',
  progress: '已完成 {{done}} / {{total}} 个窗口',
  model: '模型',
  windows: '窗口数',
  rightly: '判断正确',
  hits: '{{count}} 个中的 {{share}}',
  newest: '最新 K 线',
  return: '收益（步长 {{horizon}}）',
  basisPoints: '{{value}} 基点',
  seen: '有 {{count}} 个窗口处于模型训练所用的时段，已给出预测，但不计入上述正确率。',
  acrossGap: '有 {{count}} 个窗口跨越长缺口，已略去。',
  saved: '全部窗口见 predictions.csv。仅供研究，不构成投资建议。',
};
