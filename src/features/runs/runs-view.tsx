/** The place where runs are compared: scores beside baselines, curves over each other, and what differs. */
import { Paper, Stack, Text } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { useThrottledSelector } from '../../components/use-throttled-selector.ts';
import type { State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import type { RunSummary } from '../../training/run.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { FoldsPanel } from './folds-panel.tsx';
import { newestOfModel } from './group-runs.ts';
import { OverlayCharts } from './overlay-charts.tsx';
import { colorCount, runColor } from './run-colors.ts';
import { RunsTable } from './runs-table.tsx';

interface Props {
  /** The downloads of a run; `named` for one run of each model. */
  readonly downloads: (run: RunSummary, named: boolean) => ReactNode;
  /** The downloads of all runs. */
  readonly allDownloads: ReactNode;
}

const selectRuns = (state: State) => state.runs;
const selectOrder = (state: State) => state.runOrder;

/** The chosen runs (the newest ones until the person chooses) and a colour for each, in the order of the table. */
function useChoice(runs: readonly RunSummary[]) {
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  const chosen = useMemo(
    () => (picked ? runs.filter((run) => picked.has(run.job.runId)) : runs.filter((run) => run.epochs.length > 0).slice(-colorCount)),
    [runs, picked],
  );
  const colors = useMemo(() => new Map(chosen.map((run, index) => [run.job.runId, runColor(index)])), [chosen]);
  const toggle = (runId: string) => {
    const next = new Set(chosen.map((run) => run.job.runId));
    if (!next.delete(runId)) next.add(runId);
    setPicked(next);
  };
  return { chosen, colors, toggle };
}

export function RunsView({ downloads, allDownloads }: Props) {
  const { t } = useTranslation('runs');
  const views = useThrottledSelector(useStudio, selectRuns, 1000);
  const order = useThrottledSelector(useStudio, selectOrder, 1000);
  const runs = useMemo(() => order.flatMap((runId) => views[runId]?.summary ?? []), [views, order]);
  const named = useMemo(() => newestOfModel(runs), [runs]);
  const { chosen, colors, toggle } = useChoice(runs);
  const [doomed, setDoomed] = useState<RunSummary | null>(null);
  if (runs.length === 0)
    return (
      <Paper withBorder bg="var(--studio-surface)" p="xl" ta="center" data-testid="runs-empty">
        <Text fw={600}>{t('empty')}</Text>
        <Text size="sm" c="dimmed">
          {t('emptyHint')}
        </Text>
      </Paper>
    );
  return (
    <Stack gap="sm">
      <Panel title={t('title')} actions={allDownloads}>
        <RunsTable
          runs={runs}
          colors={colors}
          onToggle={toggle}
          onDelete={setDoomed}
          downloads={(run) => downloads(run, named.has(run.job.runId))}
        />
        <Text size="xs" c="dimmed">
          {t('baselinesHelp')} {t('onTest')} ▲ {t('clear')}
        </Text>
      </Panel>
      <FoldsPanel runs={runs} />
      <OverlayCharts runs={chosen} colors={colors} />
      <DifferenceTable runs={chosen} colors={colors} />
      <DeleteDialog run={doomed} onClose={() => setDoomed(null)} />
    </Stack>
  );
}
