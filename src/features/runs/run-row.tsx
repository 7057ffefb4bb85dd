/** One run in the comparison: what it is, how it stands, what it scored, and what can be done with it. */
import { ActionIcon, Badge, Checkbox, Group, Table, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconPencil, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRunMarks } from '../../components/run-marks/use-run-marks.ts';
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
    <Tooltip
      label={warnings.map(textOf).join('\n')}
      multiline
      maw={360}
      style={{ whiteSpace: 'pre-line' }}
      events={{ hover: true, focus: true, touch: true }}
    >
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

function NameCell({ run, name, open, onOpen }: Pick<Props, 'run' | 'open' | 'onOpen'> & { readonly name: string }) {
  const { t } = useTranslation(['model', 'proof']);
  const text = useText();
  const format = useFormat();
  const marks = useRunMarks()(run.job);
  return (
    <Table.Th scope="row" className={classes.name}>
      <UnstyledButton
        onClick={() => onOpen(run.job.runId)}
        aria-expanded={open}
        aria-label={t('proof:scores.show', { name: marks === '' ? name : `${name}, ${marks}` })}
        data-testid={`run-open-${run.job.runId}`}
      >
        <Group gap={4} wrap="nowrap">
          {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          <Text size="sm" fw={600}>
            {name}
          </Text>
        </Group>
      </UnstyledButton>
      {run.note && (
        <Text size="xs" fw={400} maw={260} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {run.note}
        </Text>
      )}
      <Text size="xs" c="dimmed" fw={400}>
        {run.name !== undefined && run.name !== '' && `${text(catalog[run.job.model].name)} · `}
        {marks !== '' && `${marks} · `}
        {t(`model:preset.${run.job.preset}`)} · {format.moment(run.startedAt)}
      </Text>
      <Group gap={4} mt={4}>
        <RunStatusBadge status={run.status} />
        <WarningMark run={run} />
        {run.tags?.map((tag) => (
          <Badge key={tag} size="sm" variant="outline" tt="none">
            {tag}
          </Badge>
        ))}
      </Group>
    </Table.Th>
  );
}

function ScoreCells({ run, baseline }: Pick<Props, 'run' | 'baseline'>) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const scores = runScores(run);
  const part = scores.part === 'validation' ? classes.validation : undefined;
  const cell = (value: number | undefined, written: (value: number) => string, className?: string) => (
    <Table.Td className={className}>{value === undefined ? '–' : written(value)}</Table.Td>
  );
  const percent = (value: number) => format.percent(value, 1);
  const three = (value: number) => value.toFixed(3);
  return (
    <>
      {scores.validationInterval ? (
        <Table.Td>
          <ScoreCell score={scores.validationInterval} mark={null} />
        </Table.Td>
      ) : (
        cell(scores.validationAccuracy, percent)
      )}
      <Table.Td>
        <ScoreCell score={scores.testAccuracy} mark={scores.beatsBaselines} />
        {baseline && baseline !== run && scores.testAccuracy && baseline.test && (
          <Text size="xs" title={t('againstBaseline')} data-testid="against-baseline">
            {t('points', { value: format.signed((scores.testAccuracy.value - baseline.test.accuracy.value) * 100, 1) })}
          </Text>
        )}
      </Table.Td>
      {cell(scores.balancedAccuracy, percent, part)}
      {cell(scores.macroF1, three, part)}
      {cell(scores.mae, (value) => format.significant(value, 3), part)}
      {cell(scores.informationCoefficient, three, part)}
    </>
  );
}

function TrainingCells({ run, ended }: { readonly run: RunSummary; readonly ended: boolean }) {
  const { t } = useTranslation(['runs', 'model']);
  const format = useFormat();
  const { validationLoss } = runScores(run);
  const below = (words: string) => (
    <Text size="xs" c="dimmed">
      {words}
    </Text>
  );
  return (
    <>
      <Table.Td>
        {format.number(run.epochs.length)}
        {run.bestEpoch > 0 && below(t('runs:bestOf', { epoch: run.bestEpoch }))}
      </Table.Td>
      <Table.Td>{validationLoss === undefined ? '–' : format.significant(validationLoss, 4)}</Table.Td>
      <Table.Td>
        {format.number(run.parameters.total)}
        {run.parameters.trainable !== run.parameters.total && below(`${format.number(run.parameters.trainable)} ${t('model:trainable')}`)}
      </Table.Td>
      <Table.Td>{ended ? format.duration(run.elapsedMs) : '–'}</Table.Td>
    </>
  );
}

interface Props {
  readonly run: RunSummary;
  /** Its curve is drawn. */
  readonly chosen: boolean;
  /** Colour of its curve, or null where it has none yet. */
  readonly color: string | null;
  readonly onToggle: (runId: string) => void;
  readonly onDelete: (run: RunSummary) => void;
  /** The run that the others are compared with, or null. */
  readonly baseline: RunSummary | null;
  readonly onBaseline: (run: RunSummary) => void;
  readonly onEdit: (run: RunSummary) => void;
  readonly downloads: (run: RunSummary) => ReactNode;
  /** Its details are shown below it. */
  readonly open: boolean;
  readonly onOpen: (runId: string) => void;
}

/** Draws anew when its own run or choice changes: there may be many rows. */
export const RunRow = memo(function RunRow({
  run,
  chosen,
  color,
  onToggle,
  onDelete,
  baseline,
  onBaseline,
  onEdit,
  downloads,
  open,
  onOpen,
}: Props) {
  const { t } = useTranslation(['runs', 'model']);
  const text = useText();
  const format = useFormat();
  const name = run.name || text(catalog[run.job.model].name);
  const fullName = `${name}, ${t(`model:preset.${run.job.preset}`)}, ${format.moment(run.startedAt)}`;
  const ended = run.status !== 'running' && run.status !== 'paused';
  return (
    <Table.Tr data-testid={`run-${run.job.runId}`}>
      <Table.Td>
        <Checkbox
          size="xs"
          checked={chosen}
          onChange={() => onToggle(run.job.runId)}
          aria-label={t('runs:choose', { name: fullName })}
          {...(color ? { color } : {})}
        />
      </Table.Td>
      <NameCell run={run} name={name} open={open} onOpen={onOpen} />
      <ScoreCells run={run} baseline={baseline} />
      <TrainingCells run={run} ended={ended} />
      <Table.Td>
        <Group gap={2} wrap="nowrap" justify="flex-end">
          {downloads(run)}
          <Tooltip label={t(baseline === run ? 'runs:isBaseline' : 'runs:asBaseline', { name })}>
            <ActionIcon
              variant="subtle"
              size="sm"
              aria-pressed={baseline === run}
              onClick={() => onBaseline(run)}
              aria-label={t('runs:asBaseline', { name: fullName })}
              data-testid={`baseline-run-${run.job.runId}`}
            >
              {baseline === run ? <IconStarFilled size={15} /> : <IconStar size={15} />}
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('runs:edit')}>
            <ActionIcon
              variant="subtle"
              size="sm"
              disabled={!ended}
              onClick={() => onEdit(run)}
              aria-label={t('runs:editOf', { name: fullName })}
              data-testid={`edit-${run.job.runId}`}
            >
              <IconPencil size={15} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('runs:removeConfirm')}>
            <ActionIcon
              variant="subtle"
              color="red"
              size="sm"
              disabled={!ended}
              onClick={() => onDelete(run)}
              aria-label={t('runs:remove', { name: fullName })}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
});
