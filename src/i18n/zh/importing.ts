/** Chinese texts about runs that come in from files, and about going on with a run. */
import type { importing as english } from '../en/importing.ts';
import type { Translated } from '../translated.ts';

export const importing: Translated<typeof english> = {
  open: '打开训练…',
  openHelp: '训练包（.zip）或权重（.safetensors），也可以是存为 safetensors 的 PyTorch state_dict。直接拖到页面任意处即可。',
  reading: '正在读取 {{name}}…',
  opened: '已打开：{{name}}',
  known: '这次训练已在列表中，没有任何改动。',
  ignored: '以下文件不属于训练包，未作处理：{{names}}。',
  askTitle: '{{name}} 没有说明的内容',
  askText: '由名称与形状可知这是{{model}}。以下数值在权重中看不出来，却会影响计算结果：',
  askOpen: '打开',
  cancel: '取消',
  continue: '继续训练',
  continueHelp: '在此基础上继续训练，作为一次新的训练。',
  continueSame: '已保留优化器状态：数据与设置不变时，曲线从结束处接着走。',
  continueFrom: '若数据（{{data}}）不同或没有优化器状态，则以这些权重为起点重新训练。',
  continueNeedsData: '请先载入特征相同的数据。',
  moreEpochs: '再训练轮数',
  start: '开始',
  useAsBase: '用作 PEFT 基座',
  useAsBaseHelp: '自动填写表单：下一次 PEFT 训练以这些冻结权重为基座。',
};
