/** Everything that is drawn of one run: its curves, its confusion matrices and, where it has experts, their load. */
import { Paper, SimpleGrid, Text } from '@mantine/core';
import { memo, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { RunMatrix } from '../../components/run-scores/run-matrix.tsx';
import { useThrottledSelector } from '../../components/use-throttled-selector.ts';
import type { State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import type { RunSummary } from '../../training/run.ts';
import { chartsOf } from './charts.ts';
import { ExpertLoad } from './expert-load.tsx';
import { RunChart } from './run-chart.tsx';

function Details({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('charts');
  const best = run.epochs.find((record) => record.epoch === run.bestEpoch) ?? run.epochs.at(-1);
  const withExperts = run.epochs.findLast((record) => record.expertLoad);
  return (
    <>
      {best && run.job.task === undefined && (
        <Paper withBorder bg="var(--studio-surface)" p="sm">
          <RunMatrix caption={t('confusion', { epoch: best.epoch })} confusion={best.confusion.validation} />
        </Paper>
      )}
      {run.test && (
        <Paper withBorder bg="var(--studio-surface)" p="sm">
          <RunMatrix caption={t('confusionTest')} confusion={run.test.confusion} />
        </Paper>
      )}
      {withExperts?.expertLoad && (
        <Paper withBorder bg="var(--studio-surface)" p="sm">
          <ExpertLoad epoch={withExperts.epoch} load={withExperts.expertLoad} />
        </Paper>
      )}
    </>
  );
}

/** Draws anew when its run changes, not when the place around it does. */
export const RunCharts = memo(function RunCharts({ runId }: { readonly runId: string }) {
  const { t } = useTranslation('charts');
  const run = useThrottledSelector(
    useStudio,
    useCallback((state: State) => state.runs[runId]?.summary, [runId]),
  );
  if (!run) return null;
  return (
    <section aria-label={t('title')}>
      <Text size="xs" c="dimmed" mb="xs">
        {t('legend')}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {chartsOf(run).map((chart) => (
          <Paper key={chart.id} withBorder p="sm" miw={0}>
            <RunChart runId={runId} chart={chart} />
          </Paper>
        ))}
        <Details run={run} />
      </SimpleGrid>
    </section>
  );
});
