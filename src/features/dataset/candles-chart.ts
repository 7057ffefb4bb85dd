/** The drawing of candles with volume, in steps short enough for the page to answer in between. */
import { CandlestickSeries, createChart, HistogramSeries, type IChartApi, type ISeriesApi, type UTCTimestamp } from 'lightweight-charts';
import type { CandlePreview } from '../../data/dataset.ts';

/** Plain colours of a chart: a canvas cannot read the theme's variables. */
export interface Colors {
  readonly rise: string;
  readonly fall: string;
  readonly text: string;
  readonly line: string;
}

/** The theme's variables as plain colours: a canvas cannot read variables. */
export function readColors(dark: boolean): Colors {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    rise: read('--studio-rise'),
    fall: read('--studio-fall'),
    text: dark ? '#a6adb8' : '#5c6570',
    line: dark ? '#2b3038' : '#e6e9ed',
  };
}

/** Enough digits to see the smallest ordinary move: about five significant ones. */
function precisionOf(candles: CandlePreview): number {
  const size = Math.abs(candles.close[candles.close.length - 1] ?? 1);
  return size > 0 ? Math.min(8, Math.max(0, 5 - Math.ceil(Math.log10(size)))) : 2;
}

/** Milliseconds between the steps of drawing: room for a frame, so that the first picture does not come as one long task. */
const stepMs = 40;

/** Candles of the first picture: few, so that the chart's code is compiled before it draws all of them. */
const firstCandles = 8;

/**
 * Draws into an element of any size: an empty chart first, then prices, then volume, each in a task of its own and each with a few bars before
 * all of them. Gives the function that takes the chart away.
 */
export function drawCandles(holder: HTMLElement, candles: CandlePreview, colors: Colors, locale: string): () => void {
  const chart = createFrame(holder, colors, locale);
  return inSteps(chart, [...priceSteps(chart, candles, colors), ...volumeSteps(chart, candles, colors)]);
}

/** Runs the steps, each in a task of its own; gives the function that stops them and takes the chart away. */
function inSteps(chart: IChartApi, steps: (() => void)[]): () => void {
  let timer = setTimeout(next, stepMs);
  function next(): void {
    steps.shift()?.();
    if (steps.length > 0) timer = setTimeout(next, stepMs);
  }
  return () => {
    clearTimeout(timer);
    chart.remove();
  };
}

function createFrame(holder: HTMLElement, colors: Colors, locale: string): IChartApi {
  return createChart(holder, {
    autoSize: true,
    layout: { background: { color: 'transparent' }, textColor: colors.text, fontFamily: 'inherit', fontSize: 11 },
    grid: { vertLines: { color: colors.line }, horzLines: { color: colors.line } },
    rightPriceScale: { borderColor: colors.line },
    timeScale: { borderColor: colors.line, timeVisible: true, secondsVisible: false, minBarSpacing: 0.05 },
    localization: { locale },
    // The wheel scrolls the page; dragging moves the chart, and dragging an axis zooms.
    handleScroll: { mouseWheel: false },
    handleScale: { mouseWheel: false },
  });
}

const at = (column: Float64Array, index: number): number => column[index] as number;
const indicesOf = (candles: CandlePreview): number[] => Array.from(candles.time, (_, index) => index);

function priceSteps(chart: IChartApi, candles: CandlePreview, colors: Colors): (() => void)[] {
  const precision = precisionOf(candles);
  const options = {
    upColor: colors.rise,
    downColor: colors.fall,
    wickUpColor: colors.rise,
    wickDownColor: colors.fall,
    borderVisible: false,
    priceFormat: { type: 'price' as const, precision, minMove: 10 ** -precision },
  };
  const bars = indicesOf(candles).map((index) => ({
    time: at(candles.time, index) as UTCTimestamp,
    open: at(candles.open, index),
    high: at(candles.high, index),
    low: at(candles.low, index),
    close: at(candles.close, index),
  }));
  let series: ISeriesApi<'Candlestick'>;
  return [
    () => {
      series = chart.addSeries(CandlestickSeries, options);
      if (candles.volume) series.priceScale().applyOptions({ scaleMargins: { top: 0.06, bottom: 0.22 } });
      series.setData(bars.slice(0, firstCandles));
    },
    () => {
      series.setData(bars);
      chart.timeScale().fitContent();
    },
  ];
}

function volumeSteps(chart: IChartApi, candles: CandlePreview, colors: Colors): (() => void)[] {
  const { volume } = candles;
  if (!volume) return [];
  const options = {
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' as const },
    lastValueVisible: false,
    priceLineVisible: false,
  };
  const bars = indicesOf(candles).map((index) => ({
    time: at(candles.time, index) as UTCTimestamp,
    value: at(volume, index),
    color: `${at(candles.close, index) >= at(candles.open, index) ? colors.rise : colors.fall}66`,
  }));
  let series: ISeriesApi<'Histogram'>;
  return [
    () => {
      series = chart.addSeries(HistogramSeries, options);
      chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
      series.setData(bars.slice(0, firstCandles));
    },
    () => series.setData(bars),
  ];
}

/** Two bars that rise and fall. */
const smallest: CandlePreview = {
  barsPerCandle: 1,
  time: Float64Array.of(0, 60),
  open: Float64Array.of(1, 2),
  high: Float64Array.of(2, 2),
  low: Float64Array.of(1, 1),
  close: Float64Array.of(2, 1),
  volume: Float64Array.of(1, 1),
};

/**
 * Draws the smallest chart out of sight and takes it away, so that the first real one does not wait for code to be compiled. Meant for the
 * seconds in which the worker reads a file and the page has nothing to do. Gives the function that ends it early.
 */
export function warmCandles(locale: string): () => void {
  const holder = document.createElement('div');
  holder.setAttribute('aria-hidden', 'true');
  holder.style.cssText = 'position:fixed;left:0;top:0;width:320px;height:160px;visibility:hidden;pointer-events:none';
  const colors = { rise: '#000', fall: '#000', text: '#000', line: '#000' };
  let remove = (): void => {};
  function start(): void {
    document.body.append(holder);
    const chart = createFrame(holder, colors, locale);
    chart.applyOptions({ timeScale: { visible: false }, rightPriceScale: { visible: false } });
    remove = inSteps(chart, [
      ...priceSteps(chart, smallest, colors),
      () => chart.applyOptions({ rightPriceScale: { visible: true } }),
      () => chart.applyOptions({ timeScale: { visible: true } }),
      ...volumeSteps(chart, smallest, colors),
      end,
    ]);
  }
  function end(): void {
    clearTimeout(timer);
    remove();
    remove = () => {};
    holder.remove();
  }
  // Not within the event that chose the file.
  const timer = setTimeout(start, 2 * stepMs);
  return end;
}
