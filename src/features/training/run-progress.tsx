/** How far the run at work is, how fast, and how long it will still take. */
import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StatGrid } from '../../components/stat/stat-grid.tsx';
import { useThrottledSelector } from '../../components/use-throttled-selector.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';

const selectProgress = (state: State) => state.progress;

interface Props {
  /** Name of the model, for the bar's label. */
  readonly name: string;
  readonly bestEpoch: number;
}

export function RunProgress({ name, bestEpoch }: Props) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const progress = useThrottledSelector(useStudio, selectProgress);
  const written = ({ attempt, delayMs }: { attempt: number; delayMs: number }) => ({
    attempt: format.number(attempt),
    seconds: format.number(delayMs / 1000),
  });
  const paused = useStudio((state) => state.paused);
  const share = progress && progress.totalSteps > 0 ? Math.min(1, progress.step / progress.totalSteps) : 0;
  const waiting = useStudio((state) => state.waiting);
  const awaited = waiting && (waiting.reason === 'worker' ? t('waiting.worker') : t('waiting.device', written(waiting)));
  const phase = awaited ?? (paused ? t('status.paused') : t(`phase.${progress?.phase ?? 'starting'}`));
  return (
    <Stack gap="xs">
      <Progress.Root size={18} radius="sm">
        <Progress.Section
          value={share * 100}
          aria-label={t('progress', { model: name })}
          {...(paused ? { color: 'yellow' } : {})}
          striped={paused}
        >
          <Progress.Label>{share > 0.06 ? format.percent(share) : ''}</Progress.Label>
        </Progress.Section>
      </Progress.Root>
      <Text
        size="sm"
        role="status"
        data-testid="phase"
        data-phase={waiting ? `waiting-${waiting.reason}` : (progress?.phase ?? 'starting')}
      >
        {phase}
        {progress?.compiled && !waiting ? ` (${format.number(progress.compiled.done)} / ${format.number(progress.compiled.total)})` : ''}
      </Text>
      {progress && (
        <StatGrid
          items={[
            {
              label: t('epoch'),
              term: 'epoch',
              value: t('epochOf', { epoch: format.number(progress.epoch), epochs: format.number(progress.epochs) }),
              testId: 'epoch',
            },
            {
              label: t('step'),
              term: 'step',
              value: t('epochOf', { epoch: format.number(progress.step), epochs: format.number(progress.totalSteps) }),
              testId: 'step',
            },
            { label: t('speed'), term: 'speed', value: t('barsPerSecond', { value: format.significant(progress.barsPerSecond, 3) }) },
            { label: t('eta'), term: 'eta', value: progress.etaMs === null ? t('etaUnknown') : format.duration(progress.etaMs) },
            { label: t('elapsed'), value: format.duration(progress.elapsedMs) },
            { label: t('memory'), term: 'deviceMemory', value: format.bytes(progress.deviceBytes) },
            { label: t('bestEpoch'), term: 'bestEpoch', value: bestEpoch > 0 ? format.number(bestEpoch) : t('noneYet') },
          ]}
        />
      )}
    </Stack>
  );
}
