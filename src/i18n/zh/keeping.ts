/** Chinese texts about runs that outlive their page, and about the browser's storage. */
import type { keeping as english } from '../en/keeping.ts';
import type { Translated } from '../translated.ts';

export const keeping: Translated<typeof english> = {
  interrupted: '有一次训练被中断',
  interruptedAt:
    '{{model}}，数据 {{file}}：第 {{step}} 步，已完成 {{epochs}} / {{allEpochs}} 轮，保存于 {{savedAt}}。可从该处沿同一条曲线继续。',
  unreadable: '有一次训练被中断，且无法继续',
  ahead_other: '后面还有 {{count}} 个模型在等待。',
  takeUp: '继续训练',
  discard: '丢弃',
  discardHelp: '删除这次训练及其保存的全部内容。',
  busy: '当前训练结束后才能继续它。',
  elsewhere: '另一个标签页正在训练',
  elsewhereBody: '{{model}}，数据 {{file}}。只有那个标签页可以暂停或停止；在这里可以观看。',
  elsewhereUnknown: '只有那个标签页可以暂停或停止；在这里可以观看。',
  watch: '在此观看',
  watching: '正在观看另一个标签页的训练。暂停和停止请在那边操作。',
  watchEnd: '停止观看',
  notKept: '训练仍在继续，但无法保存其状态',
  notKeptBody:
    '如果本页关闭，或浏览器、电脑停止运行，最后一次保存之后的训练将丢失。请清理磁盘空间或退出无痕窗口，并不时下载目前的训练结果。',
  fileNotKept: '训练状态已保存，但数据文件未能保存',
  fileNotKeptBody: '如果本页关闭，需要重新选择同一个文件才能继续训练：请保留该文件。',
  download: '下载目前的训练结果',
  storage: '本页已存储',
  storageOf: '{{usage}}，浏览器最多允许 {{quota}}',
  persisted: '浏览器会一直保留，直到你删除',
  notPersisted: '磁盘空间不足时浏览器可能会清除',
  storageUnknown: '浏览器未说明',
  title: '{{percent}} · {{model}}',
  titlePaused: '{{percent}} · {{model}}（已暂停）',
};
