/** Everything that is drawn of one run: its curves, linked and arranged as the person likes, and the panels of its predictions. */
import { Modal, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { memo, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../components/save-file.ts';
import { createChartLink, type Stretch } from '../../components/series-chart/chart-view.ts';
import { useThrottledSelector } from '../../components/use-throttled-selector.ts';
import { useText } from '../../i18n/use-text.ts';
import { setView } from '../../store/actions.ts';
import type { State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import type { Job } from '../../training/job.ts';
import type { RunSummary } from '../../training/run.ts';
import { CalibrationPanel } from './calibration-panel.tsx';
import { type CardActions, ChartCard, ChartWithMenu } from './chart-card.tsx';
import { ChartControls } from './chart-controls.tsx';
import { chartCsv } from './chart-csv.ts';
import { arranged, moved } from './chart-order.ts';
import { type ChartDefinition, chartsOf, pathsOf } from './charts.ts';
import { ConfusionPanel } from './confusion-panel.tsx';
import { ExpertLoad } from './expert-load.tsx';
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
function saveOf(runId: string, chart: ChartDefinition, figure: HTMLElement | null, kind: 'csv' | 'svg' | 'png'): void {
  const name = `${runId}-${chart.id}`;
  const view = useStudio.getState().runs[runId];
  if (kind !== 'csv') {
    if (figure) void saveChart(figure, name, kind);
  } else if (view) {
    saveFile(`${name}.csv`, new Blob([chartCsv(view.summary, view.series, pathsOf(chart))], { type: 'text/csv' }));
  }
}

function pin(id: string): void {
  const { pinned } = useStudio.getState().view;
  setView({ pinned: pinned.includes(id) ? pinned.filter((other) => other !== id) : [...pinned, id] });
}

interface RowProps {
  readonly runId: string;
  readonly job: Job;
}

/** Curves do not pass through here as they grow: each chart reads its own, so that this is drawn anew only when a person acts. */
const ChartRow = memo(function ChartRow({ runId, job }: RowProps) {
  const { t } = useTranslation('charts');
  const text = useText();
  const chartOrder = useStudio((state) => state.view.chartOrder);
  const pinned = useStudio((state) => state.view.pinned);
  const [zoom, setZoom] = useState<Stretch | null>(null);
  const [large, setLarge] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [link] = useState(createChartLink);
  const pointed = useRef<string | null>(null);
  const known = useMemo(() => chartsOf(job), [job]);
  const ids = useMemo(
    () =>
      arranged(
        known.map(({ id }) => id),
        { chartOrder, pinned },
      ),
    [known, chartOrder, pinned],
  );
  const [first] = ids;
  const zoomOut = useCallback(() => setZoom(null), []);
  useChartKeys(useCallback(() => setLarge((now) => (now === null ? (pointed.current ?? first ?? null) : null)), [first]));
  const actions = useMemo<CardActions>(
    () => ({
      pin,
      enlarge: (id) => setLarge((now) => (now === id ? null : id)),
      move: (id, target) => setView({ chartOrder: moved(ids, useStudio.getState().view.chartOrder, id, target) }),
      save: (chart, figure, kind) => saveOf(runId, chart, figure, kind),
      point: (id) => {
        pointed.current = id;
      },
      drag: setDragged,
    }),
    [ids, runId],
  );
  const shared = { runId, link, zoom, onZoom: setZoom, actions };
  const largeChart = large === null ? undefined : known.find(({ id }) => id === large);
  return (
    <>
      <Paper withBorder bg="var(--studio-surface)" px="sm" py="xs">
        <ChartControls zoomed={zoom !== null} onZoomOut={zoomOut} />
      </Paper>
      <Text size="xs" c="dimmed">
        {t('legend')}
      </Text>
      <SimpleGrid type="container" cols={{ base: 1, '700px': 2, '1500px': 3, '2200px': 4 }} spacing="sm">
        {ids.map((id) => {
          const chart = known.find((candidate) => candidate.id === id);
          const row = ids.filter((other) => pinned.includes(other) === pinned.includes(id));
          const place = row.indexOf(id);
          return chart ? (
            <ChartCard
              key={id}
              {...shared}
              chart={chart}
              pinned={pinned.includes(id)}
              before={row[place - 1]}
              after={row[place + 1]}
              dragged={dragged}
              height={plotHeight}
            />
          ) : null;
        })}
      </SimpleGrid>
      <Modal
        opened={largeChart !== undefined}
        onClose={() => setLarge(null)}
        fullScreen
        title={largeChart && text(largeChart.title)}
        closeButtonProps={{ 'aria-label': t('smaller') }}
      >
        {largeChart && (
          <div data-testid="large-chart">
            <ChartWithMenu
              {...shared}
              chart={largeChart}
              pinned={pinned.includes(largeChart.id)}
              large
              height={Math.max(240, window.innerHeight - 190)}
            />
          </div>
        )}
      </Modal>
    </>
  );
});

/** Draws anew when its run changes, not when the place around it does. */
export const RunCharts = memo(function RunCharts({ runId }: { readonly runId: string }) {
  const { t } = useTranslation('charts');
  const run = useThrottledSelector(
    useStudio,
    useCallback((state: State) => state.runs[runId]?.summary, [runId]),
  );
  if (!run) return null;
  return (
    <Stack component="section" aria-label={t('title')} gap="sm">
      <ChartRow runId={runId} job={run.job} />
      <SimpleGrid type="container" cols={{ base: 1, '900px': 2, '2200px': 3 }} spacing="sm">
        <Details run={run} />
      </SimpleGrid>
    </Stack>
  );
});
