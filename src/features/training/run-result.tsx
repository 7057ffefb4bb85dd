/** What came out of a run that has ended: why it ended and what it scored. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StatGrid } from '../../components/stat/stat-grid.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { RunSummary } from '../../training/run.ts';

export function RunResult({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation(['training', 'runs']);
  const format = useFormat();
  const best = run.epochs.find((record) => record.epoch === run.bestEpoch)?.metrics;
  const validation = best?.['validation/accuracy'];
  const loss = best?.['validation/loss'];
  const mae = run.test?.metrics['test/mae'];
  const test = run.test?.accuracy;
  const interval = test ? t('runs:interval', { low: format.percent(test.low, 1), high: format.percent(test.high, 1) }) : '';
  return (
    <Stack gap="xs">
      {run.stoppedBy && (
        <Text size="sm" role="status">
          {t(run.epochs.length === 0 ? 'training:stoppedEarly' : `training:stoppedBy.${run.stoppedBy}`, {
            patience: run.job.training.patience,
            best: run.bestEpoch,
          })}
        </Text>
      )}
      <StatGrid
        items={[
          {
            label: t('training:bestEpoch'),
            term: 'bestEpoch' as const,
            value: run.bestEpoch > 0 ? t('training:epochOf', { epoch: run.bestEpoch, epochs: run.epochs.length }) : t('training:noneYet'),
          },
          ...(loss === undefined ? [] : [{ label: t('runs:validationLoss'), term: 'loss' as const, value: format.significant(loss, 4) }]),
          ...(validation === undefined
            ? []
            : [{ label: t('runs:validationAccuracy'), term: 'validation' as const, value: format.percent(validation, 1) }]),
          ...(test
            ? [
                {
                  label: t('runs:testAccuracy'),
                  term: 'test' as const,
                  value: <span title={interval}>{format.percent(test.value, 1)}</span>,
                },
              ]
            : []),
          ...(mae === undefined ? [] : [{ label: t('runs:mae'), term: 'mae' as const, value: format.significant(mae, 3) }]),
          { label: t('training:elapsed'), value: format.duration(run.elapsedMs) },
        ]}
      />
    </Stack>
  );
}
