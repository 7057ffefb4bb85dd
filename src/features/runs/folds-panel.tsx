/** Walk-forward evaluations: every fold with its dates and its score beside the strongest baseline, and the mean over the folds. */
import { Stack, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ControlBadge } from '../../components/control-badge/control-badge.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import {
  type Figure,
  type Fold,
  type FoldGroup,
  foldGroups,
  type Spread,
  spreadOver,
  spreadOverFolds,
  strongestBaseline,
  testAccuracy,
  validationAccuracy,
} from '../../training/groups.ts';
import type { RunSummary } from '../../training/run.ts';

const baselineAccuracy: Figure = (run) => strongestBaseline(run.baselines)?.test.value;
const figures = [
  { id: 'validationAccuracy', of: validationAccuracy },
  { id: 'testAccuracy', of: testAccuracy },
  { id: 'bestBaseline', of: baselineAccuracy },
] as const;

/** The mean, and the deviation where there are several values. */
function SpreadCell({ spread, several }: { readonly spread: Spread | null; readonly several: boolean }) {
  const format = useFormat();
  return (
    <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>
      {spread ? <b>{format.percent(spread.mean, 1)}</b> : '–'}
      {spread && several && (
        <Text span size="xs" c="dimmed">
          {' '}
          ± {format.percent(spread.deviation, 1)}
        </Text>
      )}
    </Table.Td>
  );
}

function FoldRow({ fold }: { readonly fold: Fold }) {
  const { t } = useTranslation(['proof', 'charts']);
  const format = useFormat();
  const [first] = fold.runs;
  if (!first) return null;
  const { train, test } = first.prepared.parts;
  const period = (from: number, to: number) => t('proof:repeats.period', { from: format.time(from), to: format.time(to) });
  const score = fold.runs.length === 1 ? first.test?.accuracy : undefined;
  const baseline = strongestBaseline(first.baselines);
  return (
    <Table.Tr data-testid={`fold-${fold.fold}`}>
      <Table.Th scope="row" fw={500}>
        {fold.fold + 1}
        {fold.runs.length > 1 && (
          <Text size="xs" c="dimmed">
            {t('proof:repeats.seeds', { count: fold.runs.length })}
          </Text>
        )}
      </Table.Th>
      <Table.Td fz="xs">{period(train.firstTime, train.lastTime)}</Table.Td>
      <Table.Td fz="xs">{period(test.firstTime, test.lastTime)}</Table.Td>
      <SpreadCell spread={spreadOver(fold.runs, validationAccuracy)} several={fold.runs.length > 1} />
      {score ? (
        <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>
          <b>{format.percent(score.value, 1)}</b>
          <Text span size="xs" c="dimmed">
            {' '}
            [{format.percent(score.low, 1)}, {format.percent(score.high, 1)}]
          </Text>
        </Table.Td>
      ) : (
        <SpreadCell spread={spreadOver(fold.runs, testAccuracy)} several={fold.runs.length > 1} />
      )}
      <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>
        {baseline ? `${format.percent(baseline.test.value, 1)} ` : '–'}
        <Text span size="xs" c="dimmed">
          {baseline && t(`charts:baseline.${baseline.id}`)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function FoldTable({ group }: { readonly group: FoldGroup }) {
  const { t } = useTranslation(['proof', 'runs', 'model']);
  const text = useText();
  const first = group.folds[0]?.runs[0];
  if (!first) return null;
  const { model, preset } = first.job;
  const headings = [t('proof:repeats.foldColumn'), t('proof:repeats.trainedOn'), t('proof:repeats.testedOn')];
  const scores = [t('runs:validationAccuracy'), t('runs:testAccuracy'), t('proof:repeats.bestBaseline')];
  return (
    <div data-testid={`folds-${model}`}>
      <Text size="sm" fw={600} component="div">
        {text(catalog[model].name)} · {t(`model:preset.${preset}`)} · {first.dataset.name}{' '}
        <Text span size="xs" c="dimmed">
          {t('proof:repeats.foldsOf', { done: group.folds.length, asked: group.asked })}
        </Text>{' '}
        <ControlBadge job={first.job} />
      </Text>
      <Table.ScrollContainer minWidth={760} type="native" tabIndex={0}>
        <Table fz="sm" verticalSpacing={4} horizontalSpacing="xs" tabularNums>
          <Table.Thead>
            <Table.Tr>
              {[...headings, ...scores].map((heading, index) => (
                <Table.Th key={heading} fz="xs" fw={500} c="dimmed" ta={index < headings.length ? 'start' : 'end'}>
                  {heading}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {group.folds.map((fold) => (
              <FoldRow key={fold.fold} fold={fold} />
            ))}
            <Table.Tr data-testid="folds-mean">
              <Table.Th colSpan={3} scope="row">
                {t('proof:repeats.mean')}
              </Table.Th>
              {figures.map(({ id, of }) => (
                <SpreadCell key={id} spread={spreadOverFolds(group, of)} several />
              ))}
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

export function FoldsPanel({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation('proof');
  const groups = useMemo(() => foldGroups(runs), [runs]);
  if (groups.length === 0) return null;
  return (
    <Panel title={t('repeats.foldsTitle')} term="walkForward" testId="walk-forward">
      <Text size="xs" c="dimmed">
        {t('repeats.foldsHelp')}
      </Text>
      <Stack gap="md">
        {groups.map((group) => (
          <FoldTable key={group.folds[0]?.runs[0]?.job.runId} group={group} />
        ))}
      </Stack>
    </Panel>
  );
}
