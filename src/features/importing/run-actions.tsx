/** What can be done with a run that has ended: train it further, or stand a PEFT model on it. */
import { ActionIcon, Button, Group, NumberInput, Popover, Stack, Text, Tooltip } from '@mantine/core';
import { IconPlayerTrackNext, IconStack2 } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { continueRun, standOnRun } from '../../store/importing.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import type { RunSummary } from '../../training/run.ts';

interface Props {
  readonly run: RunSummary;
  /** Icons only, for a table row. */
  readonly compact?: boolean;
}

interface ActProps {
  readonly label: string;
  readonly help: string;
  readonly icon: ReactNode;
  readonly compact: boolean;
  readonly disabled?: boolean;
  readonly testId: string;
  readonly onClick: () => void;
}

function Act({ label, help, icon, compact, disabled = false, testId, onClick }: ActProps) {
  return (
    <Tooltip label={compact ? `${label}: ${help}` : help} openDelay={400} multiline maw={280}>
      {compact ? (
        <ActionIcon size="sm" variant="subtle" aria-label={label} disabled={disabled} onClick={onClick} data-testid={testId}>
          {icon}
        </ActionIcon>
      ) : (
        <Button size="compact-sm" variant="default" leftSection={icon} disabled={disabled} onClick={onClick} data-testid={testId}>
          {label}
        </Button>
      )}
    </Tooltip>
  );
}

function Continue({ run, compact }: Required<Props>) {
  const { t } = useTranslation('importing');
  const [open, setOpen] = useState(false);
  const [epochs, setEpochs] = useState(10);
  const training = useStudio(isTraining);
  const ready = useStudio((state) => state.prepared !== null);
  const start = () => {
    setOpen(false);
    continueRun(run.job.runId, epochs);
    window.location.hash = '#/train';
  };
  return (
    <Popover opened={open} onChange={setOpen} width={300} withArrow trapFocus withRoles={false}>
      <Popover.Target>
        <span>
          <Act
            label={t('continue')}
            help={t('continueHelp')}
            icon={<IconPlayerTrackNext size={15} />}
            compact={compact}
            disabled={training}
            testId={`continue-${run.job.runId}`}
            onClick={() => setOpen(!open)}
          />
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" style={{ whiteSpace: 'normal' }}>
          <Text size="xs">{t('continueSame')}</Text>
          <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
            {t('continueFrom', { data: run.dataset.name })}
          </Text>
          <NumberInput
            size="xs"
            label={t('moreEpochs')}
            min={1}
            max={10_000}
            allowDecimal={false}
            value={epochs}
            onChange={(value) => typeof value === 'number' && setEpochs(value)}
          />
          {!ready && (
            <Text size="xs" c="var(--studio-bad)">
              {t('continueNeedsData')}
            </Text>
          )}
          <Button size="compact-sm" disabled={!ready || epochs < 1} onClick={start} data-testid="continue-start">
            {t('start')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

export function RunActions({ run, compact = false }: Props) {
  const { t } = useTranslation('importing');
  if (run.status === 'running' || run.status === 'paused') return null;
  const canCarry = run.job.model === 'transformer' || run.job.task === 'pretrain';
  return (
    <Group gap={compact ? 2 : 'xs'} wrap="nowrap">
      {run.job.task === undefined && <Continue run={run} compact={compact} />}
      {canCarry && (
        <Act
          label={t('useAsBase')}
          help={t('useAsBaseHelp')}
          icon={<IconStack2 size={15} />}
          compact={compact}
          testId={`use-as-base-${run.job.runId}`}
          onClick={() => {
            standOnRun(run.job.runId);
            window.location.hash = '#/model';
          }}
        />
      )}
    </Group>
  );
}
