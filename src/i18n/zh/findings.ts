/** Chinese sentences of the health report, one for each thing that can be found, and the words for what was done about it. */
import type { findings as english } from '../en/findings.ts';
import type { Translated } from '../translated.ts';

export const findings: Translated<typeof english> = {
  sentences: {
    'duplicate-time': '{{count, number}} 行的时间与前面的行重复。',
    disorder: '{{count, number}} 行未按时间排列。',
    gap: '时间上有 {{count, number}} 处缺口，共缺 {{missingBars}} 根；最长 {{longest}}，在第 {{longestLine}} 行之前。',
    'missing-cell': '{{count, number}} 行缺少必需的值。',
    'not-a-number': '{{count, number}} 行含有非数字的单元格。',
    'impossible-bar': '{{count, number}} 行是不可能的 K 线：最高低于最低、价格越界或不大于零。',
    'lost-decimal': '{{count, number}} 行价格跳变，像是丢了小数点。',
    'frozen-tail': '末尾 {{count, number}} 行价格完全不动，数据源似乎已停止。',
    'flat-bars': '{{count, number}} 行处于 {{runs}} 段完全不动的区间，最长 {{longest}} 行。',
    'zero-volume': '{{count, number}} 行没有成交量。',
    interval: '每根 K 线为 {{interval}}，不是一分钟。可照常使用，此时“根”即指该周期。',
    'too-few-bars': '只有 {{bars}} 根 K 线；{{needed}} 根以上训练才有意义。',
    'session-stamp':
      '时间倒退 {{count, number}} 次，每个交易日一次：夜盘写的是下一交易日的日期。保持文件顺序；在时间轴上，这 {{moved}} 根按前一晚处理。',
    'repeated-header': '表格中有 {{count, number}} 行重复了表头。',
    'truncated-line': '{{count, number}} 行不完整，缺少末尾的列。',
  },
  actions: { drop: '已剔除', keep: '已保留', stop: '无法训练', sort: '已排序' },
  choices: { drop: '剔除', keep: '保留', stop: '不训练', sort: '排序' },
  actionLabel: '如何处理',
  closesOnly: '有 {{share}} 的行开盘、最高、最低、收盘是同一个价格：似乎只有收盘价，振幅与影线没有意义。',
  volumeShare: '占全部行的 {{share}}。',
  calendarLabel: '每天的 K 线数',
  calendarBars: '{{bars}} 根',
  calendarNote: '{{from}} 至 {{to}} 每天的 K 线数，一列为一周；空框表示没有。',
  calendarCell: '每格为 {{count}} 天。',
  excerptLabel: '第 {{line}} 行前后的 K 线',
  volumeIgnored: '有 {{volumeIgnored}} 行没有成交量，数量太多不宜剔除，因此不使用成交量。',
  sessions: '其中超过 {{sessionGapIntervals}} 个周期的有 {{sessions}} 处，标签不会跨越。',
  lines: '第 {{lines}} 行',
  andMore: ' 等，另有 {{rest}} 处',
  healthy: '没有发现问题。',
};
