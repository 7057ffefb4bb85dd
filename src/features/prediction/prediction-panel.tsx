/** Saved weights applied to the loaded bars: the files are chosen here, and what came of it is said; the table itself downloads. */
import { Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconFolderOpen, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureAlert } from '../../components/failure-alert/failure-alert.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { cancelPrediction, dismissFailure, predict } from '../../store/actions.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { PredictionResult } from './prediction-result.tsx';

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
  const { t } = useTranslation('prediction');
  const { t: common } = useTranslation('common');
  const format = useFormat();
  const running = useStudio((state) => state.predicting);
  if (!running) return null;
  const { done, total } = running;
  return (
    <Stack gap={4} data-testid="predicting">
      <Progress value={total > 0 ? (100 * done) / total : 0} aria-label={t('running')} />
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {total > 0 ? t('progress', { done: format.number(done), total: format.number(total) }) : t('running')}
        </Text>
        <Button size="compact-xs" variant="default" onClick={cancelPrediction}>
          {common('cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

export function PredictionPanel() {
  const { t } = useTranslation('prediction');
  const [weights, setWeights] = useState<File | null>(null);
  const [base, setBase] = useState<File | null>(null);
  const dataset = useStudio((state) => state.dataset?.name ?? null);
  const running = useStudio((state) => state.predicting !== null);
  const training = useStudio(isTraining);
  const ready = useStudio((state) => state.device !== null);
  const failure = useStudio((state) => state.failures.predict);
  const blocked = dataset === null ? t('noData') : training ? t('training') : weights === null ? t('noWeights') : null;
  return (
    <Panel title={t('title')} note={t('note')} testId="prediction">
      <Group gap="sm">
        <FileChoice label={t('chooseWeights')} file={weights} testId="predict-weights" disabled={running} onChoose={setWeights} />
        <FileChoice label={t('chooseBase')} file={base} testId="predict-base" disabled={running} onChoose={setBase} />
        <Button
          size="compact-sm"
          leftSection={<IconPlayerPlay size={16} />}
          disabled={blocked !== null || running || !ready}
          onClick={() => weights && predict(weights, base)}
          data-testid="predict"
        >
          {t('start')}
        </Button>
        <Text size="xs" c="dimmed">
          {blocked ?? t('on', { name: dataset })}
        </Text>
      </Group>
      <Running />
      {failure && <FailureAlert failure={failure} onClose={() => dismissFailure('predict')} testId="failure-predict" />}
      <PredictionResult />
    </Panel>
  );
}
