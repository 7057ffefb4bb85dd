/** Pause, go on, stop: what a person can do to the queue at work. */
import { Button, Group, Text, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward, IconPlayerStop, IconPlayerTrackNext } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { pause, resume, step, stop } from '../../store/actions.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { WatchBar } from './watch-bar.tsx';

export function RunControls() {
  const { t } = useTranslation('training');
  const training = useStudio(isTraining);
  const active = useStudio((state) => state.activeRunId !== null);
  const paused = useStudio((state) => state.paused);
  const stopping = useStudio((state) => state.stopping);
  const watching = useStudio((state) => state.watching);
  if (watching) return <WatchBar />;
  if (!training) return null;
  const off = !active || stopping;
  return (
    <Group gap="xs" role="group" aria-label={t('controls')}>
      {paused ? (
        <Button size="xs" leftSection={<IconPlayerPlay size={16} />} onClick={resume} disabled={off} data-testid="resume">
          {t('resume')}
        </Button>
      ) : (
        <Button size="xs" variant="default" leftSection={<IconPlayerPause size={16} />} onClick={pause} disabled={off} data-testid="pause">
          {t('pause')}
        </Button>
      )}
      <Tooltip label={t('stepHelp')} multiline maw={280} openDelay={400}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerTrackNext size={16} />}
          onClick={step}
          disabled={off || !paused}
          data-testid="step-one"
        >
          {t('stepOne')}
        </Button>
      </Tooltip>
      <Tooltip label={t('stopRunHelp')} multiline maw={280} openDelay={400}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerSkipForward size={16} />}
          onClick={() => stop('run')}
          disabled={off}
          data-testid="stop-run"
        >
          {t('stopRun')}
        </Button>
      </Tooltip>
      <Tooltip label={t('stopQueueHelp')} multiline maw={280} openDelay={400}>
        <Button
          size="xs"
          variant="light"
          color="red"
          leftSection={<IconPlayerStop size={16} />}
          onClick={() => stop('queue')}
          disabled={stopping}
          data-testid="stop-queue"
        >
          {t('stopQueue')}
        </Button>
      </Tooltip>
      {stopping && (
        <Text size="xs" c="dimmed" role="status">
          {t('stopping')}
        </Text>
      )}
    </Group>
  );
}
