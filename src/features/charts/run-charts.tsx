/** Everything that is drawn of one run: its curves, linked and arranged as the person likes, and the panels of its predictions. */
import { Modal, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { memo, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../components/save-file.ts';
import { createChartLink, type Stretch } from '../../components/series-chart/chart-view.ts';
import { useThrottledSelector } from '../../components/use-throttled-selector.ts';
import { useText } from '../../i18n/use-text.ts';
import { setView } from '../../store/actions.ts';
import type { State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import type { RunSummary } from '../../training/run.ts';
import { CalibrationPanel } from './calibration-panel.tsx';
import { ChartControls } from './chart-controls.tsx';
import { chartCsv } from './chart-csv.ts';
import type { ChartActions } from './chart-menu.tsx';
import { arranged, moved } from './chart-order.ts';
import { type ChartDefinition, chartsOf } from './charts.ts';
import { ConfusionPanel } from './confusion-panel.tsx';
import { ExpertLoad } from './expert-load.tsx';
import { RunChart } from './run-chart.tsx';
import { saveChart } from './save-chart.ts';
import { useChartKeys } from './use-chart-keys.ts';

const plotHeight = 200;

function Details({ run }: { readonly run: RunSummary }) {
  const withExperts = run.epochs.findLast((record) => record.expertLoad);
  return (
    <>
      {run.job.task === undefined && run.epochs.length > 0 && <ConfusionPanel run={run} />}
      {run.job.task === undefined && <CalibrationPanel run={run} />}
      {withExperts?.expertLoad && (
        <Paper withBorder bg="var(--studio-surface)" p="sm">
          <ExpertLoad record={withExperts} load={withExperts.expertLoad} />
        </Paper>
      )}
    </>
  );
}

/** What is saved is what the store has of the run at that moment, or what is drawn. */
function saveOf(runId: string, chart: ChartDefinition, figure: HTMLElement | null | undefined, kind: 'csv' | 'svg' | 'png'): void {
  const name = `${runId}-${chart.id}`;
  const view = useStudio.getState().runs[runId];
  if (kind !== 'csv') {
    if (figure) void saveChart(figure, name, kind);
  } else if (view) {
    const paths = chart.series.map(({ path }) => path);
    saveFile(`${name}.csv`, new Blob([chartCsv(view.summary, view.series, paths)], { type: 'text/csv' }));
  }
}

/** Draws anew when its run changes, not when the place around it does. */
export const RunCharts = memo(function RunCharts({ runId }: { readonly runId: string }) {
  const { t } = useTranslation('charts');
  const text = useText();
  const run = useThrottledSelector(
    useStudio,
    useCallback((state: State) => state.runs[runId]?.summary, [runId]),
  );
  // Deferred: a key that changes every chart is answered before all are drawn anew.
  const view = useDeferredValue(useStudio((state) => state.view));
  const [zoom, setZoom] = useState<Stretch | null>(null);
  const [large, setLarge] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [link] = useState(createChartLink);
  const pointed = useRef<string | null>(null);
  const holders = useRef(new Map<string, HTMLElement>());
  const known = useMemo(() => (run ? chartsOf(run) : []), [run]);
  const ids = arranged(
    known.map(({ id }) => id),
    view,
  );
  const [first] = ids;
  useChartKeys(useCallback(() => setLarge((now) => (now === null ? (pointed.current ?? first ?? null) : null)), [first]));
  if (!run) return null;
  const move = (id: string, target: string) => setView({ chartOrder: moved(ids, view.chartOrder, id, target) });
  const actionsOf = (chart: ChartDefinition): ChartActions => {
    const { id } = chart;
    const pinned = view.pinned.includes(id);
    const isLarge = large === id;
    const row = ids.filter((other) => view.pinned.includes(other) === pinned);
    const [before, after] = [row[row.indexOf(id) - 1], row[row.indexOf(id) + 1]];
    return {
      pinned,
      large: isLarge,
      onPin: () => setView({ pinned: pinned ? view.pinned.filter((other) => other !== id) : [...view.pinned, id] }),
      onLarge: () => setLarge(isLarge ? null : id),
      onEarlier: before === undefined ? undefined : () => move(id, before),
      onLater: after === undefined ? undefined : () => move(id, after),
      onSave: (kind) => saveOf(runId, chart, holders.current.get(isLarge ? 'large' : id)?.querySelector('figure'), kind),
    };
  };
  const hold = (key: string) => (element: HTMLElement | null) => {
    if (element) holders.current.set(key, element);
    else holders.current.delete(key);
  };
  const chartOf = (id: string) => known.find((chart) => chart.id === id);
  const shared = { runId, link, zoom, onZoom: setZoom };
  const largeChart = large === null ? undefined : chartOf(large);
  return (
    <Stack component="section" aria-label={t('title')} gap="sm">
      <Paper withBorder bg="var(--studio-surface)" px="sm" py="xs">
        <ChartControls zoomed={zoom !== null} onZoomOut={() => setZoom(null)} />
      </Paper>
      <Text size="xs" c="dimmed">
        {t('legend')}
      </Text>
      <SimpleGrid type="container" cols={{ base: 1, '700px': 2, '1500px': 3, '2200px': 4 }} spacing="sm">
        {ids.map((id) => {
          const chart = chartOf(id);
          return chart ? (
            <Paper
              key={id}
              ref={hold(id)}
              withBorder
              bg="var(--studio-surface)"
              p="sm"
              miw={0}
              opacity={dragged === id ? 0.5 : 1}
              onPointerEnter={() => {
                pointed.current = id;
              }}
              onDragOver={(event) => dragged !== null && event.preventDefault()}
              onDrop={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                if (dragged !== id) move(dragged, id);
              }}
            >
              <div
                className="chart-grip"
                draggable
                aria-hidden
                title={t('dragToMove')}
                onDragStart={() => setDragged(id)}
                onDragEnd={() => setDragged(null)}
              />
              <RunChart {...shared} chart={chart} actions={actionsOf(chart)} height={plotHeight} />
            </Paper>
          ) : null;
        })}
      </SimpleGrid>
      <SimpleGrid type="container" cols={{ base: 1, '900px': 2, '2200px': 3 }} spacing="sm">
        <Details run={run} />
      </SimpleGrid>
      <Modal
        opened={largeChart !== undefined}
        onClose={() => setLarge(null)}
        fullScreen
        title={largeChart && text(largeChart.title)}
        closeButtonProps={{ 'aria-label': t('smaller') }}
      >
        {largeChart && (
          <div ref={hold('large')} data-testid="large-chart">
            <RunChart {...shared} chart={largeChart} actions={actionsOf(largeChart)} height={Math.max(240, window.innerHeight - 190)} />
          </div>
        )}
      </Modal>
    </Stack>
  );
});
