/** Chinese words for the codes that an error's parameters carry. */
import type { reasons as english } from '../en/reasons.ts';
import type { Translated } from '../translated.ts';

export const reasons: Translated<typeof english> = {
  weights: {
    truncated: '文件不完整',
    header: '文件头不是 safetensors 格式',
    'duplicate-name': '有张量重复出现',
    metadata: '元数据无法读取',
    type: '有张量的数值类型不受支持',
    shape: '有张量的形状不同',
    offsets: '文件中的张量相互重叠或留有空隙',
    length: '有张量的字节数与其形状不符',
    'missing-tensor': '缺少张量',
    'no-description': '文件没有说明模型的训练条件，无法用于新的 K 线',
    'unknown-feature': '训练时用到了这里没有的特征',
    pretraining: '这是预训练的权重，本身不能预测',
    'not-finite': '存在非数值的权重',
    'half-range': '有数值超出半精度范围',
    'no-frozen-part': '此模型没有冻结基座，因此没有单独的头部',
    'unexpected-tensor': '含有模型中没有的张量',
  },
  base: {
    'no-run': '没有形状与特征相同的已完成记录',
    'for-heads': '文件只含头部，须同时选择训练时所用的基座',
    'no-file': '尚未选择文件',
    width: '宽度',
    heads: '头数',
    blocks: '块数',
    feedForward: '前馈宽度',
    features: '特征列表',
    model: '模型种类',
  },
  tensor: '{{reason}}（{{name}}）',
  storageOperation: {
    open: '无法打开已保存的训练记录',
    save: '无法保存这次训练',
    list: '无法列出已保存的训练记录',
    read: '无法读取已保存的权重',
    remove: '无法从浏览器存储中删除这次训练',
  },
  storage: {
    QuotaExceededError: '浏览器允许的空间已用完',
    SecurityError: '浏览器不允许本页保存数据',
    InvalidStateError: '浏览器在此拒绝存储（例如无痕窗口）',
    VersionError: '更新版本的工作室已使用过此存储',
    AbortError: '浏览器中断了该操作',
    NotAllowedError: '浏览器不允许本页保存数据',
    other: '浏览器给出的原因是“{{reason}}”',
  },
  referencePath: '{{backend}}（参考运算）',
  range: { integer: '整数，{{range}}', divisor: '{{of}} 的约数' },
};
