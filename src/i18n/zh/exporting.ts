/** Chinese texts of the place "export". */
import type { exporting as english } from '../en/exporting.ts';
import type { Translated } from '../translated.ts';

export const exporting: Translated<typeof english> = {
  title: '下载',
  ofRun: '下载这次训练的文件',
  ofAll: '下载全部训练的文件',
  download: '下载：{{what}}',
  later: '至少有一次完成过一轮的训练结束后可下载。',
  weights: '权重',
  log: '日志',
  metrics: '指标 CSV',
  examples: '示例',
  trace: '步骤记录',
  comparison: '对比结果',
  report: '报告',
  help: {
    weights: '最佳权重（PyTorch 命名）及其使用所需的全部信息，safetensors 格式。',
    log: 'training.log：设置、每一轮与结果的文本记录。',
    metrics: 'metrics.csv：每轮一行。',
    examples: '十六个窗口及这些权重给出的结果，可用来核对其他程序。',
    trace: 'trace.safetensors：初始权重与前若干步的批次，可在 PyTorch 中复核。',
    comparison: 'model_comparison_results.txt：全部训练与基线的对照表。',
    report: 'report.json：数据、设置、每一轮、基线与用时。',
  },
};
