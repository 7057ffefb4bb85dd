/** Bars thinned for drawing: consecutive bars merged into at most 700 candles: more take longer to draw than a frame has. */
import type { Bars } from './bars.ts';
import type { CandlePreview } from './dataset.ts';

const mostCandles = 700;

/** A candle's open and time come from its first bar, its close from its last, its volume is their sum. */
export function thinCandles(bars: Bars): CandlePreview {
  const barsPerCandle = Math.max(1, Math.ceil(bars.time.length / mostCandles));
  const count = Math.ceil(bars.time.length / barsPerCandle);
  const column = () => new Float64Array(count);
  const candles = { time: column(), open: column(), high: column(), low: column(), close: column() };
  const volume = bars.volume && column();
  for (let candle = 0; candle < count; candle++) {
    const first = candle * barsPerCandle;
    const end = Math.min(bars.time.length, first + barsPerCandle);
    let [high, low, total] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
    for (let row = first; row < end; row++) {
      high = Math.max(high, bars.high[row] as number);
      low = Math.min(low, bars.low[row] as number);
      total += bars.volume ? (bars.volume[row] as number) : 0;
    }
    candles.time[candle] = (bars.time[first] as number) / 1000;
    candles.open[candle] = bars.open[first] as number;
    candles.high[candle] = high;
    candles.low[candle] = low;
    candles.close[candle] = bars.close[end - 1] as number;
    if (volume) volume[candle] = total;
  }
  return { barsPerCandle, ...candles, volume };
}
