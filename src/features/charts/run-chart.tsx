/** One line of the chart table, drawn for one run as it grows. */

import { memo, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bestBaseline } from '../../components/best-baseline.ts';
import { useInTurn } from '../../components/in-turn.ts';
import { lineColor } from '../../components/line-colors.ts';
import type { ChartLine } from '../../components/series-chart/chart-line.ts';
import type { ChartLink, Stretch } from '../../components/series-chart/chart-view.ts';
import { SeriesChart } from '../../components/series-chart/series-chart.tsx';
import { Term } from '../../components/term/term.tsx';
import { useNear } from '../../components/use-near.ts';
import { useThrottledSelector } from '../../components/use-throttled-selector.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { RunView, Series, State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import type { ChartAxis, ViewSettings } from '../../store/view.ts';
import type { RunSummary } from '../../training/run.ts';
import { chartFormat, tickFormat } from './chart-format.ts';
import type { ChartDefinition, ChartSeries } from './charts.ts';
import { epochPlace, epochPoints, stepPoints } from './lines-of.ts';

/** 1024 to the power that the largest value reaches. */
const byteUnit = (high: number): number => 1024 ** Math.max(0, Math.floor(Math.log2(Math.max(1, high)) / 10));

const colors = {
  train: 'light-dark(#1971c2, #4dabf7)',
  validation: 'light-dark(#d9480f, #ff922b)',
  single: 'light-dark(#5f3dc4, #b197fc)',
} as const;

function lineOf(
  { path, role, block, stepPath = path }: ChartSeries,
  label: string,
  run: RunSummary,
  series: Series,
  axis: ChartAxis,
): ChartLine {
  const steps = stepPoints(series, stepPath, axis);
  const epochs = epochPoints(run, path, axis);
  if (block !== undefined) return { id: path, label, color: lineColor(block), steps, epochs };
  // What is set rather than measured is the same in both: then the steps are the whole curve.
  if (role === 'single') return { id: path, label, color: colors[role], steps: [], epochs: steps.length > 0 ? steps : epochs, plain: true };
  return { id: path, label, color: colors[role], steps, epochs };
}

/** What changes while a chart is watched. */
interface Shown {
  readonly run: RunView | undefined;
  readonly view: ViewSettings;
  readonly zoom: Stretch | null;
}

export interface RunChartProps {
  readonly runId: string;
  readonly chart: ChartDefinition;
  readonly link: ChartLink;
  readonly zoom: Stretch | null;
  readonly onZoom: (zoom: Stretch | null) => void;
  /** Of the plot, in pixels. */
  readonly height: number;
  /** Buttons beside the title. */
  readonly children: ReactNode;
}

interface DrawingProps extends Pick<RunChartProps, 'chart' | 'link' | 'onZoom' | 'height' | 'children'> {
  readonly shown: Shown;
  /** The plot's turn has not come yet: its place is kept. */
  readonly waiting: boolean;
}

/** The chart when its turn comes: when it is near the screen, and one chart a task. */
export function RunChart({ runId, zoom, ...chart }: RunChartProps) {
  const view = useStudio((state) => state.view);
  const run = useThrottledSelector(
    useStudio,
    useCallback((state: State) => state.runs[runId], [runId]),
  );
  const holder = useRef<HTMLDivElement>(null);
  const newest = useMemo(() => ({ run, view, zoom }), [run, view, zoom]);
  const [first] = useState(newest);
  const drawn = useInTurn(newest, useNear(holder));
  return (
    <div ref={holder}>
      <Drawing {...chart} shown={drawn ?? first} waiting={drawn === null} />
    </div>
  );
}

const Drawing = memo(function Drawing({ chart, shown, waiting, link, onZoom, height, children }: DrawingProps) {
  const { t } = useTranslation('charts');
  const text = useText();
  const format = useFormat();
  const { view, zoom } = shown;
  const { axis } = view;
  const run = shown.run?.summary;
  const series = shown.run?.series;
  const lines = useMemo<ChartLine[]>(
    () =>
      run && series
        ? chart.series.map((line) => {
            const { role, block } = line;
            const label = block !== undefined ? t('block', { number: block }) : role === 'single' ? t('value') : t(role);
            return lineOf(line, label, run, series, axis);
          })
        : [],
    [run, series, chart, axis, t],
  );
  const baselines = run?.baselines;
  const band = useMemo(() => {
    const best = chart.baselines && baselines ? bestBaseline(baselines) : null;
    return best ? { label: t('best', { name: t(`baseline.${best.id}`) }), ...best.validation } : undefined;
  }, [chart, baselines, t]);
  const best = run?.epochs.find((record) => record.epoch === run.bestEpoch);
  const bestAt = run && best && chart.series.length > 1 ? epochPlace(run, best, axis) : null;
  const mark = useMemo(() => (bestAt === null ? undefined : { at: bestAt, label: t('bestEpoch') }), [bestAt, t]);
  const formatValue = useMemo(() => {
    const words = {
      basisPoints: (value: string) => t('basisPoints', { value }),
      barsPerSecond: (value: string) => t('barsPerSecond', { value }),
    };
    return chartFormat(chart.unit, format, words);
  }, [chart, format, t]);
  const formatTick = useMemo(() => tickFormat(axis, format), [axis, format]);
  const formatAt = useCallback((at: number) => t(`at.${axis}`, { at: formatTick(at) }), [axis, formatTick, t]);
  const describeHidden = useCallback(
    (outside: number, unloggable: number) =>
      [outside > 0 ? t('outside', { count: outside }) : '', unloggable > 0 ? t('unloggable', { count: unloggable }) : '']
        .filter(Boolean)
        .join(' '),
    [t],
  );
  const title = text(chart.title);
  const heading = useMemo(() => <Term id={chart.term}>{title}</Term>, [chart.term, title]);
  return (
    <SeriesChart
      id={chart.id}
      title={title}
      heading={heading}
      lines={lines}
      band={band}
      formatValue={formatValue}
      formatAt={formatAt}
      formatTick={formatTick}
      wholeTicks={axis === 'epoch' || axis === 'step'}
      valueUnit={chart.unit === 'bytes' ? byteUnit : undefined}
      start={axis === 'clock' ? null : 0}
      mark={mark}
      fromZero={chart.unit === 'scientific' || chart.unit === 'bytes' || chart.unit === 'speed'}
      view={view}
      link={link}
      zoom={zoom}
      onZoom={onZoom}
      height={height}
      describeHidden={describeHidden}
      actions={children}
      waiting={waiting}
      empty={chart.series.every(({ path, stepPath = path }) => stepPath.startsWith('validation/')) ? t('emptyEpoch') : t('empty')}
    />
  );
});
