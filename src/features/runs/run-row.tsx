/** One run in the comparison: what it is, how it stands, what it scored, and what can be done with it. */
import { ActionIcon, Badge, Checkbox, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RunStatusBadge } from '../../components/run-status/run-status-badge.tsx';
import { liveWarnings } from '../../components/run-warnings/live-warnings.ts';
import { useWarningText } from '../../components/run-warnings/use-warning-text.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import type { RunSummary } from '../../training/run.ts';
import { runScores } from './run-scores.ts';
import classes from './runs-table.module.css';
import { ScoreCell } from './score-cell.tsx';

function WarningMark({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('runs');
  const textOf = useWarningText();
  const warnings = liveWarnings(run);
  if (warnings.length === 0) return null;
  return (
    <Tooltip label={warnings.map(textOf).join('\n')} multiline maw={360} style={{ whiteSpace: 'pre-line' }} events={{ hover: true, focus: true, touch: true }}>
      <Badge
        size="sm"
        variant="light"
        color="yellow"
        tt="none"
        tabIndex={0}
        leftSection={<IconAlertTriangle size={12} />}
        aria-label={`${t('hasWarnings', { count: warnings.length })}: ${warnings.map(textOf).join(' ')}`}
      >
        {warnings.length}
      </Badge>
    </Tooltip>
  );
}

interface Props {
  readonly run: RunSummary;
  /** Colour of its curve, or null where it is not drawn. */
  readonly color: string | null;
  readonly onToggle: () => void;
  readonly onDelete: () => void;
  readonly downloads: ReactNode;
}

export function RunRow({ run, color, onToggle, onDelete, downloads }: Props) {
  const { t } = useTranslation(['runs', 'model']);
  const text = useText();
  const format = useFormat();
  const { job } = run;
  const name = text(catalog[job.model].name);
  const fullName = `${name}, ${t(`model:preset.${job.preset}`)}, ${format.time(run.startedAt)}`;
  const scores = runScores(run);
  const part = scores.part === 'validation' ? classes.validation : undefined;
  const ended = run.status !== 'running' && run.status !== 'paused';
  const written = (value: number | undefined, digits: number): string => (value === undefined ? '–' : format.number(value, digits));
  return (
    <Table.Tr data-testid={`run-${job.runId}`}>
      <Table.Td>
        <Checkbox size="xs" checked={color !== null} onChange={onToggle} aria-label={t('runs:choose', { name: fullName })} {...(color ? { color } : {})} />
      </Table.Td>
      <Table.Th scope="row" className={classes.name}>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" fw={400}>
          {t(`model:preset.${job.preset}`)} · {format.time(run.startedAt)}
        </Text>
      </Table.Th>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <RunStatusBadge status={run.status} />
          <WarningMark run={run} />
        </Group>
      </Table.Td>
      <Table.Td>
        {format.number(run.epochs.length)}
        {run.bestEpoch > 0 && (
          <Text size="xs" c="dimmed">
            {t('runs:bestOf', { epoch: run.bestEpoch })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{scores.validationLoss === undefined ? '–' : format.significant(scores.validationLoss, 4)}</Table.Td>
      <Table.Td>{scores.validationAccuracy === undefined ? '–' : format.percent(scores.validationAccuracy, 1)}</Table.Td>
      <Table.Td>
        <ScoreCell score={scores.testAccuracy} mark={scores.beatsBaselines} />
      </Table.Td>
      <Table.Td className={part}>{scores.balancedAccuracy === undefined ? '–' : format.percent(scores.balancedAccuracy, 1)}</Table.Td>
      <Table.Td className={part}>{written(scores.macroF1, 3)}</Table.Td>
      <Table.Td className={part}>{scores.mae === undefined ? '–' : format.significant(scores.mae, 3)}</Table.Td>
      <Table.Td className={part}>{written(scores.informationCoefficient, 3)}</Table.Td>
      <Table.Td>
        {format.number(run.parameters.total)}
        {run.parameters.trainable !== run.parameters.total && (
          <Text size="xs" c="dimmed">
            {format.number(run.parameters.trainable)} {t('model:trainable')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{ended ? format.duration(run.elapsedMs) : '–'}</Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap" justify="flex-end">
          {downloads}
          <Tooltip label={t('runs:removeConfirm')}>
            <ActionIcon variant="subtle" color="red" size="sm" disabled={!ended} onClick={onDelete} aria-label={t('runs:remove', { name: fullName })}>
              <IconTrash size={15} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
