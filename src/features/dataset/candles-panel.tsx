/** The data as candles with volume. Colours follow the market of the language: green rises in English, red rises in Chinese. */
import { Box, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import type { DatasetSummary } from '../../data/dataset.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useStudio } from '../../store/store.ts';
import { drawCandles, readColors } from './candles-chart.ts';

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
      if (holder.current) remove = drawCandles(holder.current, candles, readColors(dark), language === 'zh' ? 'zh-CN' : 'en-US');
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
        role="figure"
        aria-label={t('candlesLabel', { from: format.time(dataset.firstTime), to: format.time(dataset.lastTime) })}
      />
    </Panel>
  );
}
