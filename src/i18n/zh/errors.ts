/** Chinese sentences for everything that can go wrong: what happened, and what to do about it. */
import type { errors as english } from '../en/errors.ts';
import type { Translated } from '../translated.ts';

export const errors: Translated<typeof english> = {
  'empty-file': { message: '文件是空的。', remedy: '请从数据来源重新导出，每行应为一根 K 线。' },
  'not-text': {
    message: '该文件不是文本，读不出表格。',
    remedy: 'Excel、Parquet、Feather 等请先将 K 线导出为 CSV（时间、开盘、最高、最低、收盘、成交量）后再选择。',
  },
  'image-file': { message: '这是图片（{{kind}}），不是 K 线表格。', remedy: '图片中没有价格数据。请将 K 线导出为 CSV 后再选择。' },
  'json-file': { message: '这是 JSON，不是 CSV。', remedy: '请转换为 CSV，每行一根 K 线：时间、开盘、最高、最低、收盘、成交量。' },
  'archive-file': { message: '这是打包或二进制文件（{{kind}}），不是文本。', remedy: '请先解压或导出为 CSV，再选择该文件。' },
  'not-a-table': {
    message: '文件中没有找到 K 线表格（从第 {{line}} 行起）。',
    remedy: '每行应为一根 K 线，全文使用同一种分隔符，包含时间、开盘、最高、最低、收盘。',
  },
  'no-time-column': { message: '没有找到时间列。现有列：{{columns}}。', remedy: '请将该列命名为“时间”或“time”“date”，或放在第一列。' },
  'missing-columns': {
    message: '缺少以下列：{{columns}}。第 {{line}} 行中有：{{found}}。',
    remedy: '文件需要开盘、最高、最低、收盘四列。请在首行写明列名，中英文均可。',
  },
  'tick-data': { message: '这是逐笔（成交或报价）数据，不是 K 线。', remedy: '请导出 K 线（例如 1 分钟），包含开盘、最高、最低、收盘。' },
  'unreadable-time': {
    message: '第 {{line}} 行的时间“{{value}}”无法识别。',
    remedy: '可用格式例如 2024-01-31 09:30、2024.01.31 09:30，或自 1970 年起的秒数、毫秒数。',
  },
  'too-few-bars': {
    message: 'K 线太少：只有 {{bars}} 根，至少需要 {{needed}} 根。',
    remedy: '请载入更长的历史，或缩短序列长度、预测步长。',
  },
  'reading-cancelled': { message: '已取消读取。', remedy: '之前载入的数据仍然保留。' },
  'no-data': { message: '尚未载入数据。', remedy: '请到“数据”页选择文件，或试用示例。' },
  'invalid-setting': { message: '设置 {{path}} 不能为“{{value}}”。', remedy: '可取：{{range}}。' },
  'unknown-setting': { message: '没有名为 {{path}} 的设置。', remedy: '此处可用：{{known}}。' },
  'one-class-only': {
    message: '所有训练窗口的标签都相同，没有可区分的内容。',
    remedy: '请更换标签规则、阈值，或加大预测步长。',
  },
  'no-windows': {
    message: '“{{part}}”部分没有剩下任何窗口。',
    remedy: '请载入更多 K 线、缩短序列长度，或调整占比、缺口处理、“仅用最新窗口”。',
  },
  'no-features': { message: '所有特征都已关闭。', remedy: '请在数据设置中至少打开一个特征。' },
  'bad-value': { message: '出现了非数字的值（{{name}}，第 {{line}} 行）。', remedy: '请修正或删除文件中的该行。' },
  'no-webgpu': {
    message: '此浏览器没有 WebGPU。',
    remedy: '请使用新版 Chrome 或 Edge，通过 https:// 或 localhost 打开，并开启图形加速。',
  },
  'backend-unavailable': {
    message: '此处无法使用后端 {{backend}}。',
    remedy: '已改用其他后端。请检查浏览器的图形加速设置和显卡驱动。',
  },
  'self-test-failed': {
    message: '自检发现 {{operation}} 在 {{adapter}} 上计算有误，已切换到 {{backend}}。',
    remedy: '结果仍然正确，但训练会变慢。请更新显卡驱动或换用其他浏览器后刷新。',
  },
  'gpu-error': {
    message: 'GPU 报告了错误，结果不可信，任务已终止。',
    remedy: '请刷新页面重试；若再次出现，请用 ?kernels=reference 打开本页，或更新显卡驱动。',
  },
  'out-of-memory': {
    message: '设备内存不足，连一次一个窗口也放不下。',
    remedy: '请关闭其他占用 GPU 的程序和标签页，或选择更小的预设、更短的序列。',
  },
  'device-lost': {
    message: '与 GPU 的连接已断开。',
    remedy: '驱动重启或电脑休眠会造成此情况。请重试；若再次出现，请刷新页面或更新显卡驱动。',
  },
  'not-finite': {
    message: '{{quantity}}变为 {{seen}}（{{part}}，第 {{epoch}} 轮，第 {{step}} 步）。训练已终止，并保留了最后一组正常权重。',
    remedy: '请降低学习率，或保持梯度裁剪开启。',
  },
  'zero-read': {
    message: 'GPU 返回的全是零（{{part}}，第 {{epoch}} 轮，第 {{step}} 步），说明它已不再计算。训练已终止，并保留了最后一组正常权重。',
    remedy: '请从这次训练继续。若再次出现，请更新显卡驱动，或用 ?kernels=reference 打开本页。',
  },
  busy: { message: '正在训练。', remedy: '请先停止或等待结束，再重试。' },
  'unknown-window': { message: '没有以这根 K 线结尾的完整窗口。', remedy: '请选择更晚的一根。' },
  'unknown-run': { message: '该训练记录已不存在。', remedy: '请从列表中选择其他记录。' },
  'no-base': {
    message: 'PEFT 模型还没有基座：{{reason}}。',
    remedy: '请选择文件，或训练一个宽度、头数、块数与前馈宽度相同的 Transformer，或先预训练基座。',
  },
  'base-mismatch': {
    message: '基座 {{source}} 不匹配：其{{name}}为 {{value}}，PEFT 模型为 {{wanted}}。',
    remedy: '请把两者的尺寸与特征设为一致，或选择其他基座。',
  },
  'invalid-weights': { message: '权重不匹配：{{reason}}。', remedy: '请选择模型和尺寸都相同的权重文件。' },
  'invalid-pack': {
    message: '无法作为训练记录打开：{{reason}}。',
    remedy: '没有任何改动。请选择由本工作室导出的训练包（.zip）或权重（.safetensors）；若文件在传输中损坏，请重新复制。',
  },
  'file-too-large': {
    message: '此模型的 {{format}} 文件需要 {{bytes}} 字节，而该格式最多 {{limit}} 字节。',
    remedy: '请下载 safetensors 格式，它没有此限制。',
  },
  'other-base': {
    message: '这些头部权重属于另一个基座：其指定的是 {{wanted}}，而 {{source}} 是 {{found}}。',
    remedy: '请选择训练它们时所用的基座：同一次训练的完整权重文件，或其基座的来源记录或文件。',
  },
  'storage-failed': {
    message: '{{operation}}：{{reason}}。',
    remedy: '请清理磁盘空间，或允许本页保存数据。关闭页面前请先下载权重。',
  },
  'invalid-checkpoint': {
    message: '无法继续保存的训练：{{reason}}。',
    remedy: '请丢弃它并重新开始。已结束的训练不受影响。',
  },
  'run-elsewhere': { message: '工作室的另一个标签页正在进行这次训练。', remedy: '请到那个标签页操作，或在此观看训练。' },
  'worker-failed': { message: '后台计算引擎已停止。', remedy: '请刷新页面并重新选择文件。' },
  unexpected: { message: '发生了意外错误：{{message}}', remedy: '请重试。若再次出现，请刷新页面；下方的技术细节有助于排查。' },
};
