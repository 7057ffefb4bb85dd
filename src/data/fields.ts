/** Everything a person can set about data, labels and split. Page-safe: no tensors, no engine. */
import { boolean, choice, integer, number, type Values } from '../lib/fields.ts';

export const dataFields = {
  horizon: integer({
    label: { en: 'Horizon', zh: '预测步长' },
    help: { en: 'How many bars ahead the return is predicted.', zh: '预测未来第几根 K 线的收益。' },
    unit: { en: 'bars', zh: '根' },
    default: 1,
    min: 1,
    max: 1000,
  }),
  sequenceLength: integer({
    label: { en: 'Sequence length T', zh: '序列长度 T' },
    help: { en: 'Bars in one window. 0 finds it from the data.', zh: '一个窗口的 K 线数。0 表示由数据自动确定。' },
    unit: { en: 'bars', zh: '根' },
    default: 0,
    min: 0,
    max: 5000,
  }),
  maxWindows: integer({
    label: { en: 'Newest windows only', zh: '仅用最新窗口' },
    help: { en: 'Keeps the newest windows before the split. 0 keeps all.', zh: '划分前只保留最新的窗口数。0 表示全部。' },
    default: 0,
    min: 0,
    max: 100_000_000,
  }),
  labelRule: choice({
    label: { en: 'Label rule', zh: '标签规则' },
    help: { en: 'How a return becomes down, flat or up.', zh: '收益如何划分为跌、平、涨。' },
    default: 'quantile',
    options: [
      { value: 'quantile', label: { en: 'Quantiles of training returns', zh: '训练收益分位数' } },
      { value: 'basis-points', label: { en: 'Fixed basis points', zh: '固定基点' } },
      { value: 'volatility', label: { en: 'Volatility-scaled', zh: '按波动率缩放' } },
      { value: 'triple-barrier', label: { en: 'Triple barrier', zh: '三重障碍' } },
    ],
  }),
  lowerQuantile: number({
    label: { en: 'Lower quantile', zh: '下分位' },
    help: { en: 'Training returns under this quantile are “down”.', zh: '低于此分位的训练收益为“跌”。' },
    default: 1 / 3,
    min: 0.01,
    max: 0.5,
  }),
  upperQuantile: number({
    label: { en: 'Upper quantile', zh: '上分位' },
    help: { en: 'Training returns above this quantile are “up”.', zh: '高于此分位的训练收益为“涨”。' },
    default: 2 / 3,
    min: 0.5,
    max: 0.99,
  }),
  thresholdBasisPoints: number({
    label: { en: 'Flat up to', zh: '平盘阈值' },
    help: { en: 'Returns up to this size in either direction are “flat”.', zh: '任一方向不超过此幅度的收益为“平”。' },
    unit: { en: 'bp', zh: '基点' },
    default: 2,
    min: 0,
    max: 10_000,
  }),
  volatilityFactor: number({
    label: { en: 'Volatility factor k', zh: '波动率系数 k' },
    help: { en: 'Threshold k·σ·√h of the volatility rule.', zh: '波动率规则的阈值 k·σ·√h。' },
    default: 0.5,
    min: 0.01,
    max: 10,
  }),
  barrierFactor: number({
    label: { en: 'Barrier factor k', zh: '障碍系数 k' },
    help: { en: 'Barriers at ±k·σ·√h.', zh: '障碍位于 ±k·σ·√h。' },
    default: 1,
    min: 0.01,
    max: 10,
  }),
  trainShare: number({
    label: { en: 'Training share', zh: '训练占比' },
    help: { en: 'The oldest share of the windows, which the model learns from.', zh: '最早的一部分窗口，用于学习。' },
    default: 0.8,
    min: 0.1,
    max: 0.98,
  }),
  validationShare: number({
    label: { en: 'Validation share', zh: '验证占比' },
    help: {
      en: 'The share after it, which chooses the best epoch. What remains is the test part.',
      zh: '其后的一部分，用于挑选最佳轮次；剩下的为测试集。',
    },
    default: 0.1,
    min: 0.01,
    max: 0.5,
  }),
  embargo: integer({
    label: { en: 'Embargo', zh: '隔离期' },
    help: { en: 'Bars left out between parts, beyond the purge of one horizon.', zh: '各部分之间在一个预测步长之外额外空出的 K 线。' },
    unit: { en: 'bars', zh: '根' },
    default: 0,
    min: 0,
    max: 100_000,
  }),
  gapPolicy: choice({
    label: { en: 'Gaps', zh: '缺口处理' },
    help: { en: 'What happens to windows that reach across a gap in time.', zh: '跨越时间缺口的窗口如何处理。' },
    default: 'sequence',
    options: [
      { value: 'sequence', label: { en: 'Treat bars as a sequence', zh: '视为连续序列' } },
      { value: 'drop', label: { en: 'Drop windows across long gaps', zh: '丢弃跨越长缺口的窗口' } },
    ],
  }),
  gapIntervals: integer({
    label: { en: 'Long gap from', zh: '长缺口下限' },
    help: { en: 'A gap of so many intervals or more is long.', zh: '达到这么多个周期的缺口算长缺口。' },
    unit: { en: 'intervals', zh: '个周期' },
    default: 30,
    min: 1,
    max: 1_000_000,
  }),
  labelsAcrossGaps: boolean({
    label: { en: 'Labels across session gaps', zh: '标签跨越时段缺口' },
    help: {
      en: 'A label may then reach over a step of more than 30 intervals, such as a night or a weekend: its return is that of the jump.',
      zh: '标签可以跨过超过 30 个周期的间隔（例如隔夜、周末），其收益即为跳空。',
    },
    default: false,
  }),
  folds: integer({
    label: { en: 'Walk-forward folds', zh: '滚动验证折数' },
    help: { en: 'Trains one run a fold on ever later data. 0 splits once.', zh: '在逐段后移的数据上每折训练一次。0 表示只划分一次。' },
    default: 0,
    min: 0,
    max: 50,
  }),
  fold: integer({
    label: { en: 'Fold shown', zh: '当前折' },
    help: { en: 'Counted from 0. Shown and audited; training runs all folds.', zh: '从 0 计数。仅用于显示与检查，训练会完成全部折。' },
    default: 0,
    min: 0,
    max: 49,
  }),
  foldMode: choice({
    label: { en: 'Fold training data', zh: '折的训练数据' },
    help: { en: 'What a fold learns from.', zh: '每一折用哪些数据学习。' },
    default: 'expanding',
    options: [
      { value: 'expanding', label: { en: 'Everything before (expanding)', zh: '此前全部（扩展）' } },
      { value: 'sliding', label: { en: 'A stretch of constant length (sliding)', zh: '固定长度（滑动）' } },
    ],
  }),
  shuffleLabels: boolean({
    label: { en: 'Control: shuffle labels', zh: '对照：打乱标签' },
    help: {
      en: 'Deals the labels of each part anew, so that there is nothing to learn. A sound model then beats no baseline.',
      zh: '在各部分内重新分配标签，使其无可学习；可靠的模型此时不应胜过任何基线。',
    },
    default: false,
  }),
  logReturn: boolean({
    label: { en: 'Log return', zh: '对数收益' },
    help: { en: 'ln of this close over the one before.', zh: '本根收盘价与前一根之比的对数。' },
    default: true,
  }),
  range: boolean({
    label: { en: 'Range', zh: '振幅' },
    help: { en: 'High minus low, over the close.', zh: '最高减最低，除以收盘价。' },
    default: true,
  }),
  body: boolean({
    label: { en: 'Body', zh: '实体' },
    help: { en: 'Close minus open, over the close.', zh: '收盘减开盘，除以收盘价。' },
    default: true,
  }),
  upperShadow: boolean({
    label: { en: 'Upper shadow', zh: '上影线' },
    help: { en: 'High minus the larger of open and close, over the close.', zh: '最高减去开盘与收盘中较大者，除以收盘价。' },
    default: true,
  }),
  lowerShadow: boolean({
    label: { en: 'Lower shadow', zh: '下影线' },
    help: { en: 'The smaller of open and close minus low, over the close.', zh: '开盘与收盘中较小者减去最低，除以收盘价。' },
    default: true,
  }),
  volumeRatio: boolean({
    label: { en: 'Volume ratio', zh: '量比' },
    help: { en: 'ln of the volume over its mean of 20 bars; 0 without volumes.', zh: '成交量与其 20 根均值之比的对数；没有成交量时为 0。' },
    default: true,
  }),
  sma5Ratio: boolean({
    label: { en: 'SMA 5 ratio', zh: 'SMA5 偏离' },
    help: { en: 'Close over its mean of 5 bars, minus 1.', zh: '收盘价与 5 根均线之比减 1。' },
    default: true,
  }),
  sma20Ratio: boolean({
    label: { en: 'SMA 20 ratio', zh: 'SMA20 偏离' },
    help: { en: 'Close over its mean of 20 bars, minus 1.', zh: '收盘价与 20 根均线之比减 1。' },
    default: true,
  }),
  sma60Ratio: boolean({
    label: { en: 'SMA 60 ratio', zh: 'SMA60 偏离' },
    help: { en: 'Close over its mean of 60 bars, minus 1.', zh: '收盘价与 60 根均线之比减 1。' },
    default: true,
  }),
  rsi14: boolean({
    label: { en: 'RSI 14', zh: 'RSI 14' },
    help: { en: 'Wilder’s relative strength over 14 bars, around 0.', zh: 'Wilder 14 根相对强弱，以 0 为中心。' },
    default: true,
  }),
  macdHistogram: boolean({
    label: { en: 'MACD histogram', zh: 'MACD 柱' },
    help: { en: 'MACD (12, 26) minus its signal (9), over the close.', zh: 'MACD（12, 26）减去信号线（9），除以收盘价。' },
    default: true,
  }),
  bollingerB: boolean({
    label: { en: 'Bollinger %B', zh: '布林 %B' },
    help: { en: 'Place of the close within the Bollinger band (20, 2), around 0.', zh: '收盘价在布林带（20, 2）中的位置，以 0 为中心。' },
    default: true,
  }),
  atr14: boolean({
    label: { en: 'ATR 14', zh: 'ATR 14' },
    help: { en: 'Wilder’s average true range of 14 bars, over the close.', zh: 'Wilder 14 根平均真实波幅，除以收盘价。' },
    default: true,
  }),
  volatility20: boolean({
    label: { en: 'Volatility 20', zh: '波动率 20' },
    help: { en: 'Standard deviation of the log returns of 20 bars.', zh: '20 根对数收益的标准差。' },
    default: true,
  }),
  minuteSin: boolean({
    label: { en: 'Minute of day, sine', zh: '日内分钟正弦' },
    help: { en: 'Sine of the minute of the day, as the file writes it.', zh: '一天中第几分钟的正弦，以文件所写时间为准。' },
    default: true,
  }),
  minuteCos: boolean({
    label: { en: 'Minute of day, cosine', zh: '日内分钟余弦' },
    help: { en: 'Cosine of the minute of the day, as the file writes it.', zh: '一天中第几分钟的余弦，以文件所写时间为准。' },
    default: true,
  }),
};

export type DataConfig = Values<typeof dataFields>;
