/** The place where runs are compared: scores beside baselines, curves over each other, and what differs. */

import { Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyPlace } from '../../components/empty-place.tsx';
import { colorCount, lineColor } from '../../components/line-colors.ts';
import { Panel } from '../../components/panel/panel.tsx';
import { useThrottledSelector } from '../../components/use-throttled-selector.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import { wantCurves } from '../../store/actions.ts';
import type { State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import type { RunSummary } from '../../training/run.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { matchesFilter } from './filter-runs.ts';
import { FoldsPanel } from './folds-panel.tsx';
import { newestOfModel } from './group-runs.ts';
import { NotesDialog } from './notes-dialog.tsx';
import { OverlayCharts } from './overlay-charts.tsx';
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
  const ids = useMemo(() => new Set(chosen.map((run) => run.job.runId)), [chosen]);
  // The curves and their colours follow the marks of the rows in slices.
  const drawn = useDeferredValue(chosen);
  const colors = useMemo(() => new Map(drawn.map((run, index) => [run.job.runId, lineColor(index)])), [drawn]);
  const newest = useRef(ids);
  newest.current = ids;
  const toggle = useCallback((runId: string) => {
    const next = new Set(newest.current);
    if (!next.delete(runId)) next.add(runId);
    setPicked(next);
  }, []);
  return { ids, drawn, colors, toggle };
}

/** Where the baseline is among the chosen, the others are held against it. */
const baselineFirst = (chosen: readonly RunSummary[], baseline: RunSummary | null): readonly RunSummary[] =>
  baseline && chosen.includes(baseline) ? [baseline, ...chosen.filter((run) => run !== baseline)] : chosen;

export function RunsView({ downloads, allDownloads }: Props) {
  const { t } = useTranslation('runs');
  const views = useThrottledSelector(useStudio, selectRuns, 1000);
  const order = useThrottledSelector(useStudio, selectOrder, 1000);
  const runs = useMemo(() => order.flatMap((runId) => views[runId]?.summary ?? []), [views, order]);
  const named = useMemo(() => newestOfModel(runs), [runs]);
  const { ids, drawn, colors, toggle } = useChoice(runs);
  const series = useMemo(() => drawn.map((run) => views[run.job.runId]?.series), [drawn, views]);
  useEffect(() => wantCurves(drawn.map((run) => run.job.runId)), [drawn]);
  const [doomed, setDoomed] = useState<RunSummary | null>(null);
  const [edited, setEdited] = useState<RunSummary | null>(null);
  const [baselineId, setBaselineId] = useState<string | null>(null);
  const [filter, setFilter] = useState('');
  const text = useText();
  const wanted = useDeferredValue(filter);
  const filtered = useMemo(() => runs.filter((run) => matchesFilter(run, text(catalog[run.job.model].name), wanted)), [runs, wanted, text]);
  const toggleBaseline = useCallback(({ job }: RunSummary) => setBaselineId((now) => (now === job.runId ? null : job.runId)), []);
  const downloadsOf = useCallback((run: RunSummary) => downloads(run, named.has(run.job.runId)), [downloads, named]);
  const baseline = runs.find((run) => run.job.runId === baselineId) ?? null;
  const compared = useMemo(() => baselineFirst(drawn, baseline), [drawn, baseline]);
  if (runs.length === 0) return <EmptyPlace title={t('empty')} hint={t('emptyHint')} testId="runs-empty" />;
  return (
    <Stack gap="sm">
      <Panel title={t('title')} actions={allDownloads}>
        <TextInput
          size="xs"
          maw={420}
          leftSection={<IconSearch size={14} />}
          placeholder={t('filter')}
          aria-label={t('filter')}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          data-testid="filter-runs"
        />
        {filtered.length === 0 && <Text size="sm">{t('filterNone')}</Text>}
        <RunsTable
          runs={filtered}
          chosen={ids}
          colors={colors}
          onToggle={toggle}
          onDelete={setDoomed}
          baseline={baseline}
          onBaseline={toggleBaseline}
          onEdit={setEdited}
          downloads={downloadsOf}
        />
        <Text size="xs" c="dimmed">
          {t('baselinesHelp')} {t('onTest')} ▲ {t('clear')}
        </Text>
      </Panel>
      <FoldsPanel runs={runs} />
      <OverlayCharts runs={drawn} colors={colors} series={series} />
      <DifferenceTable runs={compared} colors={colors} />
      <NotesDialog key={edited?.job.runId} run={edited} onClose={() => setEdited(null)} />
      <DeleteDialog run={doomed} onClose={() => setDoomed(null)} />
    </Stack>
  );
}
