/** The data as candles with volume. Colours follow the market of the language: green rises in English, red rises in Chinese. */
import { Box, useComputedColorScheme } from '@mantine/core';
import { CandlestickSeries, createChart, HistogramSeries, type IChartApi, type UTCTimestamp } from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import type { CandlePreview, DatasetSummary } from '../../data/dataset.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useStudio } from '../../store/store.ts';

interface Colors {
  readonly rise: string;
  readonly fall: string;
  readonly text: string;
  readonly line: string;
}

/** The theme's variables as plain colours: a canvas cannot read variables. */
function readColors(dark: boolean): Colors {
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

/** An empty chart first, then its prices, then its volume, each in a task of its own. */
function draw(holder: HTMLElement, candles: CandlePreview, colors: Colors, locale: string): () => void {
  const chart = createFrame(holder, colors, locale);
  const steps = [() => drawPrices(chart, candles, colors), () => drawVolume(chart, candles, colors)];
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

function drawPrices(chart: IChartApi, candles: CandlePreview, colors: Colors): void {
  const precision = precisionOf(candles);
  const prices = chart.addSeries(CandlestickSeries, {
    upColor: colors.rise,
    downColor: colors.fall,
    wickUpColor: colors.rise,
    wickDownColor: colors.fall,
    borderVisible: false,
    priceFormat: { type: 'price', precision, minMove: 10 ** -precision },
  });
  prices.setData(
    indicesOf(candles).map((index) => ({
      time: at(candles.time, index) as UTCTimestamp,
      open: at(candles.open, index),
      high: at(candles.high, index),
      low: at(candles.low, index),
      close: at(candles.close, index),
    })),
  );
  if (candles.volume) prices.priceScale().applyOptions({ scaleMargins: { top: 0.06, bottom: 0.22 } });
  chart.timeScale().fitContent();
}

function drawVolume(chart: IChartApi, candles: CandlePreview, colors: Colors): void {
  const { volume } = candles;
  if (!volume) return;
  const bars = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  });
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
  bars.setData(
    indicesOf(candles).map((index) => ({
      time: at(candles.time, index) as UTCTimestamp,
      value: at(volume, index),
      color: `${at(candles.close, index) >= at(candles.open, index) ? colors.rise : colors.fall}66`,
    })),
  );
}

export function CandlesPanel({ dataset }: { readonly dataset: DatasetSummary }) {
  const { t, i18n } = useTranslation('data');
  const format = useFormat();
  const dark = useComputedColorScheme('light') === 'dark';
  const holder = useRef<HTMLDivElement>(null);
  const { candles } = dataset;
  const { language } = i18n;
  const candleColors = useStudio((state) => state.view.candleColors);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which follows the choice
  useEffect(() => {
    let remove = (): void => {};
    // In a task of its own: the chart takes as long as the rest of the panel.
    const timer = setTimeout(() => {
      if (holder.current) remove = draw(holder.current, candles, readColors(dark), language === 'zh' ? 'zh-CN' : 'en-US');
    }, 0);
    return () => {
      clearTimeout(timer);
      remove();
    };
  }, [candles, dark, language, candleColors]);
  const note = candles.barsPerCandle > 1 ? t('candlesThinned', { count: candles.barsPerCandle }) : t('candlesWhole');
  return (
    <Panel title={t('candlesTitle')} note={note} testId="candles-panel">
      <Box
        ref={holder}
        h={{ base: 240, sm: 320 }}
        role="img"
        aria-label={t('candlesLabel', { from: format.time(dataset.firstTime), to: format.time(dataset.lastTime) })}
      />
    </Panel>
  );
}
