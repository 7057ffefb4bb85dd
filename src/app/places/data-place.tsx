/** The place "data": a file in, what was read, what is wrong with it, and what is made of it. */
import { Button, Grid, Group, Paper, Stack, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureAlert } from '../../components/failure-alert/failure-alert.tsx';
import { Later } from '../../components/later.tsx';
import type { DatasetSummary } from '../../data/dataset.ts';
import { CandlesPanel } from '../../features/dataset/candles-panel.tsx';
import { EmptyData } from '../../features/dataset/empty-data.tsx';
import { FileDrop } from '../../features/dataset/file-drop.tsx';
import { HeadPanel } from '../../features/dataset/head-panel.tsx';
import { HealthPanel } from '../../features/dataset/health-panel.tsx';
import { MappingPanel } from '../../features/dataset/mapping/mapping-panel.tsx';
import { OpenMapping } from '../../features/dataset/mapping/open-mapping.tsx';
import { ReadPanel } from '../../features/dataset/read-panel.tsx';
import { ReadingProgress } from '../../features/dataset/reading-progress.tsx';
import { AuditPanel } from '../../features/evaluation/audit-panel.tsx';
import { DataSettings } from '../../features/labels/data-settings.tsx';
import { Features, Gaps, LabelsDesk, Split } from '../../features/labels/desks/desks.tsx';
import { LengthPanel } from '../../features/labels/length-panel.tsx';
import { PreparationMessage } from '../../features/labels/preparation-message.tsx';
import type { ErrorCode } from '../../lib/errors.ts';
import { dismissFailure } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';

/** Refusals that a person who knows the file may overrule by saying how it is written. */
const curable: readonly ErrorCode[] = [
  'not-a-table',
  'no-time-column',
  'missing-columns',
  'tick-data',
  'unreadable-time',
  'too-few-bars',
  'not-text',
];

function LoadFailure() {
  const { t } = useTranslation('data');
  const failure = useStudio((state) => state.failures.load);
  const kept = useStudio((state) => state.dataset !== null);
  const name = useStudio((state) => state.refusedFile) ?? '';
  if (!failure) return null;
  return (
    <>
      <FailureAlert
        failure={failure}
        title={kept ? t('loadFailedKept', { name }) : t('loadFailed', { name })}
        onClose={() => dismissFailure('load')}
        testId="failure-load"
      />
      {curable.includes(failure.code) && (
        <Group>
          <OpenMapping refused />
        </Group>
      )}
    </>
  );
}

function Next() {
  const { t } = useTranslation('data');
  const ready = useStudio((state) => state.prepared !== null && !state.preparing);
  if (!ready) return null;
  return (
    <Group justify="flex-end" gap="md">
      <Text size="sm" c="dimmed">
        {t('nextNote')}
      </Text>
      <Button component="a" href="#/model" rightSection={<IconArrowRight size={16} />} data-testid="to-model">
        {t('next')}
      </Button>
    </Group>
  );
}

function Loaded({ dataset }: { readonly dataset: DatasetSummary }) {
  const prepared = useDeferredValue(useStudio((state) => state.prepared));
  return (
    <>
      <Grid gap="sm">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="sm">
            <CandlesPanel dataset={dataset} />
            <Later turns={3}>
              <HeadPanel dataset={dataset} />
            </Later>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="sm">
            <ReadPanel dataset={dataset} />
            <HealthPanel dataset={dataset} />
          </Stack>
        </Grid.Col>
      </Grid>
      <PreparationMessage />
      {prepared && (
        <>
          <Later turns={5}>
            <LengthPanel prepared={prepared} interval={dataset.intervalSeconds} />
          </Later>
          <Later turns={7}>
            <LabelsDesk prepared={prepared} />
          </Later>
          <Later turns={8}>
            <Split dataset={dataset} prepared={prepared} />
          </Later>
          <Later turns={9}>
            <Gaps prepared={prepared} />
          </Later>
        </>
      )}
      <Later turns={10}>
        <Features />
      </Later>
      <Later turns={12}>
        <AuditPanel />
      </Later>
      <Later turns={13}>
        <DataSettings />
      </Later>
      <Next />
    </>
  );
}

export default function DataPlace() {
  // Deferred: the many parts of a new data set are drawn in slices, so that the page answers while they come.
  const dataset = useDeferredValue(useStudio((state) => state.dataset));
  const reading = useStudio((state) => state.reading !== null);
  if (dataset)
    return (
      <Stack gap="sm" data-testid="place-data-content">
        <FileDrop slim />
        <ReadingProgress />
        <LoadFailure />
        <MappingPanel />
        <Loaded dataset={dataset} />
      </Stack>
    );
  return (
    <Stack gap="sm" data-testid="place-data-content">
      <LoadFailure />
      <MappingPanel />
      {reading ? (
        <ReadingProgress />
      ) : (
        <Paper withBorder p={{ base: 'sm', sm: 'xl' }} bg="var(--studio-surface)">
          <FileDrop slim={false} />
          <EmptyData />
        </Paper>
      )}
    </Stack>
  );
}
