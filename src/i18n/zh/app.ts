/** Chinese texts of the frame around every place. */
import type { app as english } from '../en/app.ts';
import type { Translated } from '../translated.ts';

export const app: Translated<typeof english> = {
  name: 'K线工作室',
  tagline: '用你自己的 GPU 训练价格模型',
  data: '数据',
  model: '模型',
  train: '训练',
  compare: '对比',
  places: '页面',
  language: '语言',
  scheme: '配色',
  light: '浅色',
  dark: '深色',
  system: '跟随系统',
  sent: '已发送 0 字节',
  sentHelp: '全部计算都在本浏览器内完成。本页没有服务器：你的文件和权重不会离开这台电脑。',
  loading: '加载中…',
  addressRefused: '地址栏中的一项设置未被采用',
  broken: '此页面无法显示',
  brokenRemedy: '请刷新页面。文件需要重新选择；浏览器允许时，已完成的训练会保留。',
  reload: '刷新页面',
  trainingNow: '训练中',
  pausedNow: '已暂停',
  skip: '跳到正文',
};
