/** One line of the chart table, drawn for one run as it grows. */
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { bestBaseline } from '../../components/best-baseline.ts';
import { type ChartLine, SeriesChart } from '../../components/series-chart/series-chart.tsx';
import { useThrottledSelector } from '../../components/use-throttled-selector.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { chartFormat } from './chart-format.ts';
import type { ChartDefinition } from './charts.ts';
import { epochPoints, stepPoints } from './lines-of.ts';

const colors = {
  train: 'light-dark(#1971c2, #4dabf7)',
  validation: 'light-dark(#d9480f, #ff922b)',
  single: 'light-dark(#5f3dc4, #b197fc)',
} as const;

interface Props {
  readonly runId: string;
  readonly chart: ChartDefinition;
}

export function RunChart({ runId, chart }: Props) {
  const { t } = useTranslation('charts');
  const text = useText();
  const format = useFormat();
  const view = useThrottledSelector(useStudio, useCallback((state: State) => state.runs[runId], [runId]));
  const run = view?.summary;
  const series = view?.series;
  const lines = useMemo<ChartLine[]>(
    () =>
      run && series
        ? chart.series.map(({ path, role }) => ({
            id: path,
            label: role === 'single' ? t('value') : t(role),
            color: colors[role],
            steps: stepPoints(series, path),
            epochs: epochPoints(run, path),
          }))
        : [],
    [run, series, chart, t],
  );
  const baselines = run?.baselines;
  const band = useMemo(() => {
    const best = chart.baselines && baselines ? bestBaseline(baselines) : null;
    return best ? { label: t('best', { name: t(`baseline.${best.id}`) }), ...best.validation } : undefined;
  }, [chart, baselines, t]);
  const formatValue = useMemo(() => chartFormat(chart.unit, format, (value) => t('basisPoints', { value })), [chart, format, t]);
  const formatAt = useCallback((at: number) => t('atEpoch', { at: format.number(at, 2) }), [format, t]);
  return (
    <SeriesChart
      id={chart.id}
      title={text(chart.title)}
      lines={lines}
      band={band}
      formatValue={formatValue}
      formatAt={formatAt}
      empty={chart.series.every(({ path }) => path.startsWith('validation/')) ? t('emptyEpoch') : t('empty')}
    />
  );
}
