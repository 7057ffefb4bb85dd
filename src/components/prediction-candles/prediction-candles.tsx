/** Candles with what was predicted and what came true below them, bar for bar. */
import { Box, useComputedColorScheme } from '@mantine/core';
import { CandlestickSeries, createChart, HistogramSeries, type UTCTimestamp } from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type PredictedBars, predictedAt } from '../../training/prediction.ts';

/** Bars drawn: the newest. */
const drawnBars = 1000;

interface Drawing {
  /** Shows other answers where the chart stands; the part that a person looks at stays. */
  readonly show: (prediction: PredictedBars) => void;
  readonly remove: () => void;
}

function draw(holder: HTMLElement, dark: boolean, locale: string, onChoose: (time: number) => void): Drawing {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const [rise, fall] = [read('--studio-rise'), read('--studio-fall')];
  const [text, line, flat] = dark ? ['#a6adb8', '#2b3038', '#5c6570'] : ['#5c6570', '#e6e9ed', '#c3cad3'];
  const chart = createChart(holder, {
    autoSize: true,
    layout: { background: { color: 'transparent' }, textColor: text, fontFamily: 'inherit', fontSize: 11 },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    rightPriceScale: { borderColor: line },
    timeScale: { borderColor: line, timeVisible: true, secondsVisible: false, minBarSpacing: 0.05 },
    localization: { locale },
    handleScroll: { mouseWheel: false },
    handleScale: { mouseWheel: false },
  });
  const prices = chart.addSeries(CandlestickSeries, {
    upColor: rise,
    downColor: fall,
    wickUpColor: rise,
    wickDownColor: fall,
    borderVisible: false,
  });
  prices.priceScale().applyOptions({ scaleMargins: { top: 0.05, bottom: 0.3 } });
  const colors = [fall, flat, rise];
  const strip = (id: string, top: number, bottom: number) => {
    const series = chart.addSeries(HistogramSeries, { priceScaleId: id, lastValueVisible: false, priceLineVisible: false });
    chart.priceScale(id).applyOptions({ scaleMargins: { top, bottom } });
    return series;
  };
  const predictions = strip('predicted', 0.74, 0.13);
  const outcomes = strip('actual', 0.9, 0);
  let firstTime: number | undefined;
  chart.subscribeClick(({ time }) => typeof time === 'number' && onChoose(time * 1000));
  const show = (prediction: PredictedBars): void => {
    const count = prediction.time.length;
    const rows = Array.from({ length: Math.min(drawnBars, count) }, (_, index) => count - Math.min(drawnBars, count) + index);
    const timeOf = (row: number) => ((prediction.time[row] as number) / 1000) as UTCTimestamp;
    const last = prediction.close[count - 1] ?? 1;
    const precision = last > 0 ? Math.min(8, Math.max(0, 5 - Math.ceil(Math.log10(last)))) : 2;
    prices.applyOptions({ priceFormat: { type: 'price', precision, minMove: 10 ** -precision } });
    prices.setData(
      rows.map((row) => ({
        time: timeOf(row),
        open: prediction.open[row] as number,
        high: prediction.high[row] as number,
        low: prediction.low[row] as number,
        close: prediction.close[row] as number,
      })),
    );
    predictions.setData(
      rows.map((row) => {
        const predicted = predictedAt(prediction, row);
        return { time: timeOf(row), value: prediction.probabilities[row * 3 + predicted] as number, color: colors[predicted] as string };
      }),
    );
    outcomes.setData(
      rows.map((row) => {
        const actual = prediction.classes[row] as number;
        return { time: timeOf(row), value: actual < 0 ? 0 : 1, color: colors[actual] ?? flat };
      }),
    );
    if (prediction.time[0] !== firstTime) chart.timeScale().fitContent();
    firstTime = prediction.time[0];
  };
  return { show, remove: () => chart.remove() };
}

interface Props {
  /** As a person chose the colours; a change draws anew. */
  readonly candleColors: string;
  readonly prediction: PredictedBars;
  /** A bar was pressed. @param time ms */
  readonly onChoose?: ((time: number) => void) | undefined;
}

export function PredictionCandles({ prediction, candleColors, onChoose }: Props) {
  const { t, i18n } = useTranslation('prediction');
  const dark = useComputedColorScheme('light') === 'dark';
  const holder = useRef<HTMLDivElement>(null);
  const { language } = i18n;
  const choose = useRef(onChoose);
  choose.current = onChoose;
  const drawing = useRef<Drawing | null>(null);
  const newest = useRef(prediction);
  newest.current = prediction;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which follows the choice
  useEffect(() => {
    if (!holder.current) return;
    const drawn = draw(holder.current, dark, language === 'zh' ? 'zh-CN' : 'en-US', (time) => choose.current?.(time));
    drawn.show(newest.current);
    drawing.current = drawn;
    return () => {
      drawing.current = null;
      drawn.remove();
    };
  }, [dark, language, candleColors]);
  useEffect(() => drawing.current?.show(prediction), [prediction]);
  return <Box ref={holder} h={{ base: 280, sm: 400 }} role="figure" aria-label={t('candlesLabel')} data-testid="prediction-candles" />;
}
