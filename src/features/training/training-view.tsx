/** The place where one watches: the queue, the run at work or chosen, its numbers, its curves and what it warns of. */
import { Grid, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ControlBadge } from '../../components/control-badge/control-badge.tsx';
import { EmptyPlace } from '../../components/empty-place.tsx';
import { FailureAlert } from '../../components/failure-alert/failure-alert.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { RunProof } from '../../components/run-details/run-proof.tsx';
import { useRunMarks } from '../../components/run-marks/use-run-marks.ts';
import { ScoreTable } from '../../components/run-scores/score-table.tsx';
import { RunStatusBadge } from '../../components/run-status/run-status-badge.tsx';
import { RunWarnings } from '../../components/run-warnings/run-warnings.tsx';
import { useThrottledSelector } from '../../components/use-throttled-selector.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import { dismissFailure, wantCurves } from '../../store/actions.ts';
import type { State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { type Spread, seedGroups, spreadOver, testAccuracy, validationAccuracy } from '../../training/groups.ts';
import type { RunSummary } from '../../training/run.ts';
import { queueRows, shownRunId } from './queue-rows.ts';
import { raceOf } from './race.ts';
import { RaceLanes } from './race-lanes.tsx';
import { RestartBar } from './restart-bar.tsx';
import { RunControls } from './run-controls.tsx';
import { RunList } from './run-list.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunResult } from './run-result.tsx';
import { TestCandles } from './test-candles.tsx';
import { ValidationCandles } from './validation-candles.tsx';

interface Props {
  /** The curves of a run. */
  readonly charts: (runId: string) => ReactNode;
  /** The downloads of a run. */
  readonly downloads: (run: RunSummary) => ReactNode;
}

const everything = (state: State): State => state;

function RunHeading({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation(['training', 'model']);
  const text = useText();
  const format = useFormat();
  const marks = useRunMarks()(run.job);
  const { prepared, dataset, job } = run;
  return (
    <div style={{ flex: '1 1 280px' }}>
      <Group gap="xs">
        <Title order={2}>{text(catalog[job.model].name)}</Title>
        <RunStatusBadge status={run.status} />
        <ControlBadge job={job} />
      </Group>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {t(`model:preset.${job.preset}`)} · {marks !== '' && `${marks} · `}
        {t('training:trainedOn', {
          name: dataset.name,
          length: prepared.sequenceLength.value,
          windows: format.number(prepared.parts.train.windows),
        })}{' '}
        · {t('training:adapter', { adapter: run.adapter, backend: run.backend })}
        {run.certificate?.passed && ` · ${t('training:selfTestPassed', { count: run.certificate.checks.length })}`}
      </Text>
    </div>
  );
}

/** Where other seeds of the same job have ended too, what they say together. */
function SeedsLine({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('proof');
  const format = useFormat();
  const runs = useStudio((state) => state.runs);
  const twins = useMemo(() => {
    const all = Object.values(runs).map((view) => view.summary);
    return seedGroups(all).find((group) => group.some((twin) => twin.job.runId === run.job.runId));
  }, [runs, run]);
  if (!twins) return null;
  const written = (spread: Spread | null) =>
    spread ? t('repeats.plusMinus', { mean: format.percent(spread.mean, 1), deviation: format.percent(spread.deviation, 1) }) : '–';
  return (
    <Text size="sm" data-testid="seeds-mean" data-count={twins.length}>
      {t('repeats.meanOf', {
        count: twins.length,
        validation: written(spreadOver(twins, validationAccuracy)),
        test: written(spreadOver(twins, testAccuracy)),
      })}
    </Text>
  );
}

/** Why a score may be believed, or not: baselines on the same rows, and the proofs that the run carries. */
function Evidence({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('proof');
  return (
    <Panel title={t('scores.title')} testId="run-evidence">
      <SeedsLine run={run} />
      <ScoreTable run={run} />
      <RunProof run={run} />
    </Panel>
  );
}

/** Shown while the worker has the queue but no run has started: the baselines are being computed. */
function Starting() {
  const { t } = useTranslation('training');
  return (
    <Group justify="space-between">
      <Text size="sm" role="status">
        {t('phase.preparing')}
      </Text>
      <RunControls />
    </Group>
  );
}

export function TrainingView({ charts, downloads }: Props) {
  const { t } = useTranslation('training');
  const text = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const state = useThrottledSelector(useStudio, everything);
  const failure = useStudio((now) => now.failures.train);
  const rows = queueRows(state);
  const shown = shownRunId(state, chosen);
  const race = raceOf(rows, state.runs);
  useEffect(() => {
    if (shown !== null) wantCurves([shown]);
  }, [shown]);
  const run = shown === null ? undefined : state.runs[shown]?.summary;
  const active = run !== undefined && run.job.runId === state.activeRunId;
  const starting = state.queue.length > 0 && state.activeRunId === null;
  const alert = failure && <FailureAlert failure={failure} onClose={() => dismissFailure('train')} testId="failure-train" />;
  if (rows.length === 0)
    return (
      <>
        {alert}
        <EmptyPlace title={t('idle')} hint={t('idleHint')} testId="training-empty" />
      </>
    );
  return (
    <Stack gap="sm">
      {alert}
      <Grid gap="sm">
        <Grid.Col span={{ base: 12, md: 3 }}>
          <Paper withBorder bg="var(--studio-surface)" p="sm" h="100%">
            <RunList rows={rows} shown={shown} onShow={(runId) => setChosen(runId === state.activeRunId ? null : runId)} />
            <RaceLanes lanes={race} />
          </Paper>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 9 }}>
          <Paper withBorder bg="var(--studio-surface)" p="sm" h="100%">
            <Stack gap="sm">
              {starting && <Starting />}
              {run && (
                <Group justify="space-between" align="flex-start" gap="sm">
                  <RunHeading run={run} />
                  {!starting && <RunControls />}
                </Group>
              )}
              {active && run && <RunProgress name={text(catalog[run.job.model].name)} bestEpoch={run.bestEpoch} />}
              {run && !active && <RunResult run={run} />}
              {run && !active && downloads(run)}
              {run && !active && state.activeRunId === null && run.job.task === undefined && <RestartBar run={run} />}
            </Stack>
          </Paper>
        </Grid.Col>
      </Grid>
      {run && <RunWarnings run={run} />}
      {run && !active && run.epochs.length > 0 && <Evidence run={run} />}
      {run && active && <ValidationCandles runId={run.job.runId} />}
      {run && !active && run.test && <TestCandles run={run} />}
      {run && charts(run.job.runId)}
    </Stack>
  );
}
