/** Chinese words that several places use. */
import type { common as english } from '../en/common.ts';
import type { Translated } from '../translated.ts';

export const common: Translated<typeof english> = {
  reset: '恢复默认',
  resetAll: '全部恢复默认',
  cancel: '取消',
  close: '关闭',
  details: '技术细节',
  auto: '自动',
  none: '无',
  more: '更多设置',
  less: '收起',
  changed: '已修改',
  defaultIs: '默认 {{value}}',
  defaultFrom: '默认 {{value}}（{{source}}）',
  theDefault: '默认值',
  range: '{{min}} 至 {{max}}',
  on: '开',
  off: '关',
  invalidType: '请输入数字。',
  invalidRange: '取值范围 {{min}} 至 {{max}}。',
  invalidInteger: '只能是整数。',
  staysInUse: '仍使用 {{value}}。',
  down: '跌',
  flat: '平',
  up: '涨',
  train: '训练',
  validation: '验证',
  test: '测试',
};
