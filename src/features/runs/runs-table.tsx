/** All runs with their scores, in groups that may be compared; under each group what a trivial guess reaches on the same rows. */

import { Table, Text, UnstyledButton } from '@mantine/core';
import { Fragment, memo, type ReactNode, startTransition, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ControlBadge } from '../../components/control-badge/control-badge.tsx';
import { RunDetails } from '../../components/run-details/run-details.tsx';
import { runMarks } from '../../components/run-marks/run-marks.ts';
import { MaybeTermTip, type TermId } from '../../components/term/term.tsx';
import type { RunSummary } from '../../training/run.ts';
import { groupRuns } from './group-runs.ts';
import { orderBySeeds } from './order-by-seeds.ts';
import { RunRow } from './run-row.tsx';
import classes from './runs-table.module.css';
import { ScoreCell } from './score-cell.tsx';
import { SeedsRow } from './seeds-row.tsx';
import { type Column, columns, nextSorting, type Sorting, sortRuns } from './sort-runs.ts';

const columnTerms: Readonly<Partial<Record<Column, TermId>>> = {
  validationAccuracy: 'validation',
  testAccuracy: 'test',
  balancedAccuracy: 'balancedAccuracy',
  macroF1: 'macroF1',
  mae: 'mae',
  ic: 'informationCoefficient',
  epochs: 'epoch',
  validationLoss: 'loss',
  parameters: 'parametersTotal',
};

interface Props {
  readonly runs: readonly RunSummary[];
  /** Ids of the runs whose curves are drawn. */
  readonly chosen: ReadonlySet<string>;
  /** Colour of a drawn run's curve. */
  readonly colors: ReadonlyMap<string, string>;
  readonly onToggle: (runId: string) => void;
  readonly onDelete: (run: RunSummary) => void;
  /** The run that the others are compared with, or null. */
  readonly baseline: RunSummary | null;
  readonly onBaseline: (run: RunSummary) => void;
  readonly onEdit: (run: RunSummary) => void;
  readonly downloads: (run: RunSummary) => ReactNode;
}

function BaselineRows({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation(['runs', 'charts']);
  return run.baselines.map((baseline) => (
    <Table.Tr key={baseline.id} className={classes.baseline} data-testid={`baseline-${baseline.id}`}>
      <Table.Td />
      <Table.Th scope="row" className={classes.name}>
        <Text size="sm">{t(`charts:baseline.${baseline.id}`)}</Text>
        <Text size="xs" c="dimmed">
          {t('runs:baseline')}
        </Text>
      </Table.Th>
      <Table.Td>
        <ScoreCell score={baseline.validation} />
      </Table.Td>
      <Table.Td>
        <ScoreCell score={baseline.test} />
      </Table.Td>
      <Table.Td colSpan={9} />
    </Table.Tr>
  ));
}

function GroupTitle({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation(['runs', 'proof']);
  const fold = runMarks(run.job).find((mark) => mark.kind === 'fold');
  return (
    <Table.Tr>
      <Table.Th colSpan={columns.length + 2} scope="rowgroup" className={classes.group}>
        {t('runs:group', { file: run.dataset.name, length: run.prepared.sequenceLength.value, horizon: run.job.data.horizon })}
        {fold && ` · ${t('proof:repeats.fold', { fold: fold.fold, folds: fold.folds })}`} <ControlBadge job={run.job} />
      </Table.Th>
    </Table.Tr>
  );
}

/** A run's details below its row; the text wraps, other than in the cells of the table. */
function DetailsRow({ run }: { readonly run: RunSummary }) {
  return (
    <Table.Tr>
      <Table.Td colSpan={columns.length + 2} className={classes.details} data-testid={`details-${run.job.runId}`}>
        <div className={classes.detailsBody}>
          <RunDetails run={run} />
        </div>
      </Table.Td>
    </Table.Tr>
  );
}

export const RunsTable = memo(function RunsTable({
  runs,
  chosen,
  colors,
  onToggle,
  onDelete,
  baseline,
  onBaseline,
  onEdit,
  downloads,
}: Props) {
  const { t } = useTranslation('runs');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggleOpen = useCallback((runId: string) => {
    setOpen((now) => {
      const next = new Set(now);
      if (!next.delete(runId)) next.add(runId);
      return next;
    });
  }, []);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const groups = groupRuns(runs);
  return (
    <Table.ScrollContainer minWidth={1120} type="native">
      <Table className={classes.table ?? ''} fz="sm" verticalSpacing={5} horizontalSpacing={8} tabularNums aria-label={t('table')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td w={30} />
            {columns.map((column) => (
              <Table.Th
                key={column}
                scope="col"
                aria-sort={sorting?.column === column ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
              >
                <MaybeTermTip id={columnTerms[column]}>
                  <UnstyledButton
                    fz="inherit"
                    fw="inherit"
                    c="inherit"
                    onClick={() => startTransition(() => setSorting((now) => nextSorting(now, column)))}
                    data-testid={`sort-${column}`}
                  >
                    {t(column)}
                    {sorting?.column === column && (sorting.descending ? ' ↓' : ' ↑')}
                  </UnstyledButton>
                </MaybeTermTip>
              </Table.Th>
            ))}
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map((group) => {
            const [first] = group.runs;
            const scored = group.runs.findLast((run) => run.baselines.length > 0);
            return (
              <Fragment key={group.key}>
                {first && <GroupTitle run={first} />}
                {(sorting ? sortRuns(group.runs, sorting).map((run) => ({ kind: 'run' as const, run })) : orderBySeeds(group.runs)).map(
                  (row) => {
                    if (row.kind === 'seeds') return <SeedsRow key={`seeds ${row.runs[0]?.job.runId}`} runs={row.runs} />;
                    const { run } = row;
                    const { runId } = run.job;
                    return (
                      <Fragment key={runId}>
                        <RunRow
                          run={run}
                          color={colors.get(runId) ?? null}
                          chosen={chosen.has(runId)}
                          onToggle={onToggle}
                          onDelete={onDelete}
                          baseline={baseline}
                          onBaseline={onBaseline}
                          onEdit={onEdit}
                          downloads={downloads}
                          open={open.has(runId)}
                          onOpen={toggleOpen}
                        />
                        {open.has(runId) && <DetailsRow run={run} />}
                      </Fragment>
                    );
                  },
                )}
                {scored && <BaselineRows run={scored} />}
              </Fragment>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
});
