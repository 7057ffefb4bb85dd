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
  formats: '其他格式',
  pth: '.pth（PyTorch）',
  onnx: '.onnx（ONNX）',
  tfjs: 'TensorFlow.js',
  half: 'safetensors，半精度',
  heads: '仅头部',
  comparison: '对比结果',
  report: '报告',
  help: {
    weights: '最佳权重（PyTorch 命名）及其使用所需的全部信息，safetensors 格式。',
    log: 'training.log：设置、每一轮与结果的文本记录。',
    metrics: 'metrics.csv：每轮一行。',
    examples: '十六个窗口及这些权重给出的结果，可用来核对其他程序。',
    trace: 'trace.safetensors：初始权重与前若干步的批次，可在 PyTorch 中复核。',
    formats: '同一组权重，供其他程序使用。',
    pth: '用 PyTorch 打开：torch.load(path, weights_only=True) 得到 state_dict。',
    onnx: '用 onnxruntime 或 Netron 打开。输入原始特征，输出概率与收益（基点），缩放已包含在内。',
    tfjs: 'model.json 与 weights.bin 的压缩包，由 tf.io 读取。',
    half: '体积减半，约三位有效数字。凡支持 safetensors 之处均可打开，本页亦可。',
    heads: '只含训练过的部分，不含冻结基座。须与该基座（以哈希指明）一起在本页打开。',
    comparison: 'model_comparison_results.txt：全部训练与基线的对照表。',
    report: 'report.json：数据、设置、每一轮、基线与用时。',
  },
};
