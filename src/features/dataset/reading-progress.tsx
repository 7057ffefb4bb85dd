/** How far a file is read, with a way to call it off. */
import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { cancelLoading } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';
import { warmCandles } from './candles-chart.ts';

export function ReadingProgress() {
  const { t } = useTranslation('data');
  const { t: common } = useTranslation('common');
  const format = useFormat();
  const reading = useStudio((state) => state.reading);
  const active = reading !== null;
  useEffect(() => (active ? warmCandles('en-US') : undefined), [active]);
  if (!reading) return null;
  const { name, bytes, total, rows } = reading;
  const percent = total > 0 ? (100 * bytes) / total : 0;
  return (
    <Paper withBorder p="md" bg="var(--studio-surface)" data-testid="reading-progress">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={600} truncate>
            {t('reading', { name })}
          </Text>
          <Button size="xs" variant="default" onClick={cancelLoading} data-testid="cancel-loading">
            {common('cancel')}
          </Button>
        </Group>
        <Progress value={percent} aria-label={t('reading', { name })} />
        <Text size="xs" c="dimmed">
          {t('readingState', { bytes: format.bytes(bytes), total: format.bytes(total), rows: format.number(rows) })}
        </Text>
      </Stack>
    </Paper>
  );
}
