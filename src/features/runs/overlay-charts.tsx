/** The chosen runs in one chart each for validation loss and validation accuracy. */

import { Box, SimpleGrid, Text } from '@mantine/core';
import { memo, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { useRunMarks } from '../../components/run-marks/use-run-marks.ts';
import type { ChartLine } from '../../components/series-chart/chart-line.ts';
import { SeriesChart } from '../../components/series-chart/series-chart.tsx';
import { Term } from '../../components/term/term.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import type { RunSummary } from '../../training/run.ts';
import type { Series } from '../../training/series.ts';

interface Props {
  readonly runs: readonly RunSummary[];
  readonly colors: ReadonlyMap<string, string>;
  /** Curves by step of each run, where they are known. */
  readonly series: readonly (Series | undefined)[];
}

/** What was trained on, step by step, with the epochs' means. */
function trainingLines(runs: readonly RunSummary[], series: readonly (Series | undefined)[], { colors, nameOf }: Drawing): ChartLine[] {
  return linesOf(runs, colors, 'train/loss', nameOf).map((line, index) => ({ ...line, steps: series[index]?.['train/loss'] ?? [] }));
}

interface Drawing {
  readonly colors: ReadonlyMap<string, string>;
  readonly nameOf: (run: RunSummary) => string;
}

function linesOf(
  runs: readonly RunSummary[],
  colors: ReadonlyMap<string, string>,
  path: string,
  nameOf: (run: RunSummary) => string,
): ChartLine[] {
  return runs.map((run) => ({
    id: run.job.runId,
    label: nameOf(run),
    color: colors.get(run.job.runId) ?? 'gray',
    steps: [],
    epochs: run.epochs.flatMap((record) => {
      const value = record.metrics[path];
      return value === undefined ? [] : [{ at: record.epoch, value }];
    }),
  }));
}

export const OverlayCharts = memo(function OverlayCharts({ runs, colors, series }: Props) {
  const { t } = useTranslation(['runs', 'model']);
  const text = useText();
  const format = useFormat();
  const marksOf = useRunMarks();
  const nameOf = useCallback(
    (run: RunSummary) => {
      const twin = runs.some((other) => other !== run && other.job.model === run.job.model);
      const name = run.name || text(catalog[run.job.model].name);
      return twin ? [name, marksOf(run.job), format.moment(run.startedAt)].filter(Boolean).join(' · ') : name;
    },
    [runs, text, format, marksOf],
  );
  const loss = useMemo(() => linesOf(runs, colors, 'validation/loss', nameOf), [runs, colors, nameOf]);
  const training = useMemo(() => trainingLines(runs, series, { colors, nameOf }), [runs, series, colors, nameOf]);
  const accuracy = useMemo(() => linesOf(runs, colors, 'validation/accuracy', nameOf), [runs, colors, nameOf]);
  const headings = useMemo(() => {
    const heading = (id: 'loss' | 'accuracy', key: 'overlayLoss' | 'overlayAccuracy' | 'overlayTraining') => (
      <Term id={id}>{t(`runs:${key}`)}</Term>
    );
    return {
      overlayLoss: heading('loss', 'overlayLoss'),
      overlayAccuracy: heading('accuracy', 'overlayAccuracy'),
      overlayTraining: heading('loss', 'overlayTraining'),
    };
  }, [t]);
  const formatAt = useCallback((at: number) => t('runs:atEpoch', { at: format.number(at, 2) }), [t, format]);
  const formatLoss = useCallback((value: number) => format.significant(value, 4), [format]);
  const formatAccuracy = useCallback((value: number) => format.percent(value, 1), [format]);
  return (
    <Panel title={t('runs:overlay')}>
      {runs.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('runs:overlayEmpty')}
        </Text>
      )}
      {runs.length > 0 && (
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="xl">
          <Box miw={0}>
            <SeriesChart
              id="overlay-loss"
              title={t('runs:overlayLoss')}
              heading={headings.overlayLoss}
              lines={loss}
              formatValue={formatLoss}
              formatAt={formatAt}
              empty={t('runs:overlayEmpty')}
              height={240}
            />
          </Box>
          <Box miw={0}>
            <SeriesChart
              id="overlay-accuracy"
              title={t('runs:overlayAccuracy')}
              heading={headings.overlayAccuracy}
              lines={accuracy}
              formatValue={formatAccuracy}
              formatAt={formatAt}
              empty={t('runs:overlayEmpty')}
              height={240}
            />
          </Box>
          <Box miw={0}>
            <SeriesChart
              id="overlay-training"
              title={t('runs:overlayTraining')}
              heading={headings.overlayTraining}
              lines={training}
              formatValue={formatLoss}
              formatAt={formatAt}
              empty={t('runs:overlayEmpty')}
              height={240}
            />
          </Box>
        </SimpleGrid>
      )}
    </Panel>
  );
});
