/** One line of the chart table, drawn for one run as it grows. */
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { bestBaseline } from '../../components/best-baseline.ts';
import type { ChartLine } from '../../components/series-chart/chart-line.ts';
import { SeriesChart } from '../../components/series-chart/series-chart.tsx';
import { useThrottledSelector } from '../../components/use-throttled-selector.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Series, State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import type { RunSummary } from '../../training/run.ts';
import { chartFormat } from './chart-format.ts';
import type { ChartDefinition, ChartSeries } from './charts.ts';
import { epochPoints, stepPoints } from './lines-of.ts';

const colors = {
  train: 'light-dark(#1971c2, #4dabf7)',
  validation: 'light-dark(#d9480f, #ff922b)',
  single: 'light-dark(#5f3dc4, #b197fc)',
} as const;

function lineOf(path: string, label: string, role: ChartSeries['role'], run: RunSummary, series: Series): ChartLine {
  const steps = stepPoints(series, path);
  const epochs = epochPoints(run, path);
  // What is set rather than measured is the same in both: then the steps are the whole curve.
  if (role === 'single') return { id: path, label, color: colors[role], steps: [], epochs: steps.length > 0 ? steps : epochs, plain: true };
  return { id: path, label, color: colors[role], steps, epochs };
}

interface Props {
  readonly runId: string;
  readonly chart: ChartDefinition;
}

export function RunChart({ runId, chart }: Props) {
  const { t } = useTranslation('charts');
  const text = useText();
  const format = useFormat();
  const view = useThrottledSelector(
    useStudio,
    useCallback((state: State) => state.runs[runId], [runId]),
  );
  const run = view?.summary;
  const series = view?.series;
  const lines = useMemo<ChartLine[]>(
    () =>
      run && series ? chart.series.map(({ path, role }) => lineOf(path, role === 'single' ? t('value') : t(role), role, run, series)) : [],
    [run, series, chart, t],
  );
  const baselines = run?.baselines;
  const band = useMemo(() => {
    const best = chart.baselines && baselines ? bestBaseline(baselines) : null;
    return best ? { label: t('best', { name: t(`baseline.${best.id}`) }), ...best.validation } : undefined;
  }, [chart, baselines, t]);
  const bestEpoch = run?.bestEpoch ?? 0;
  const mark = useMemo(
    () => (bestEpoch > 0 && chart.series.length > 1 ? { at: bestEpoch, label: t('bestEpoch') } : undefined),
    [bestEpoch, chart, t],
  );
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
      mark={mark}
      fromZero={chart.unit === 'scientific'}
      empty={chart.series.every(({ path }) => path.startsWith('validation/')) ? t('emptyEpoch') : t('empty')}
    />
  );
}
