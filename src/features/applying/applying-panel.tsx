/** Saved weights applied to the loaded bars: the files are chosen here, and what came of it is said; the table itself downloads. */
import { Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconFolderOpen, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureAlert } from '../../components/failure-alert/failure-alert.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { applyWeights, cancelApplying, dismissFailure } from '../../store/actions.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { ApplyingResult } from './applying-result.tsx';

interface ChoiceProps {
  readonly label: string;
  readonly file: File | null;
  readonly testId: string;
  readonly disabled: boolean;
  readonly onChoose: (file: File | null) => void;
}

function FileChoice({ label, file, testId, disabled, onChoose }: ChoiceProps) {
  return (
    <FileButton accept=".safetensors" disabled={disabled} inputProps={{ 'data-testid': testId } as object} onChange={onChoose}>
      {(props) => (
        <Button {...props} size="compact-sm" variant="default" leftSection={<IconFolderOpen size={16} />} maw="100%">
          {file?.name ?? label}
        </Button>
      )}
    </FileButton>
  );
}

function Running() {
  const { t } = useTranslation('applying');
  const { t: common } = useTranslation('common');
  const format = useFormat();
  const running = useStudio((state) => state.applying);
  if (!running) return null;
  const { done, total } = running;
  return (
    <Stack gap={4} data-testid="applying">
      <Progress value={total > 0 ? (100 * done) / total : 0} aria-label={t('running')} />
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {total > 0 ? t('progress', { done: format.number(done), total: format.number(total) }) : t('running')}
        </Text>
        <Button size="compact-xs" variant="default" onClick={cancelApplying}>
          {common('cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

export function ApplyingPanel() {
  const { t } = useTranslation('applying');
  const [weights, setWeights] = useState<File | null>(null);
  const [base, setBase] = useState<File | null>(null);
  const dataset = useStudio((state) => state.dataset?.name ?? null);
  const running = useStudio((state) => state.applying !== null);
  const training = useStudio(isTraining);
  const ready = useStudio((state) => state.device !== null);
  const failure = useStudio((state) => state.failures.applyWeights);
  const blocked = dataset === null ? t('noData') : training ? t('training') : weights === null ? t('noWeights') : null;
  return (
    <Panel title={t('title')} note={t('note')} testId="apply-panel">
      <Group gap="sm">
        <FileChoice label={t('chooseWeights')} file={weights} testId="apply-weights-file" disabled={running} onChoose={setWeights} />
        <FileChoice label={t('chooseBase')} file={base} testId="apply-base-file" disabled={running} onChoose={setBase} />
        <Button
          size="compact-sm"
          leftSection={<IconPlayerPlay size={16} />}
          disabled={blocked !== null || running || !ready}
          onClick={() => weights && applyWeights(weights, base)}
          data-testid="apply-weights"
        >
          {t('start')}
        </Button>
        <Text size="xs" c="dimmed">
          {blocked ?? t('on', { name: dataset })}
        </Text>
      </Group>
      <Running />
      {failure && <FailureAlert failure={failure} onClose={() => dismissFailure('applyWeights')} testId="failure-apply" />}
      <ApplyingResult />
    </Panel>
  );
}
