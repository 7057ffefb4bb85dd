/** How the predictions did where the future is known, or why nothing can be said. */
import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RunMatrix } from '../../components/run-scores/run-matrix.tsx';
import { StatGrid } from '../../components/stat/stat-grid.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { Prediction } from '../../training/prediction.ts';

export function PredictionScore({ prediction }: { readonly prediction: Prediction }) {
  const { t } = useTranslation(['prediction', 'runs', 'charts']);
  const format = useFormat();
  const { score } = prediction;
  const seen = (prediction.time[0] ?? Number.POSITIVE_INFINITY) <= prediction.seenUntil && (
    <Text size="sm">{t('prediction:seen', { until: format.time(prediction.seenUntil) })}</Text>
  );
  if (!score)
    return (
      <>
        {seen}
        <Text size="sm" data-testid="prediction-unscored">
          {t('prediction:unscored')}
        </Text>
      </>
    );
  const { accuracy, metrics } = score;
  const clear = accuracy.low > score.majority;
  return (
    <Stack gap="xs">
      {seen}
      <Text size="sm" fw={600} {...(clear ? {} : { c: 'var(--studio-warn)' })}>
        {t(clear ? 'prediction:aboveMajority' : 'prediction:notAboveMajority', { majority: format.percent(score.majority, 1) })}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
        <StatGrid
          items={[
            {
              label: t('prediction:accuracy'),
              term: 'interval',
              value: `${format.percent(accuracy.value, 1)} [${format.percent(accuracy.low, 1)}, ${format.percent(accuracy.high, 1)}]`,
              testId: 'prediction-accuracy',
            },
            { label: t('prediction:majority'), term: 'majority', value: format.percent(score.majority, 1) },
            {
              label: t('runs:balancedAccuracy'),
              term: 'balancedAccuracy',
              value: format.percent(metrics.balancedAccuracy ?? Number.NaN, 1),
            },
            { label: t('runs:macroF1'), term: 'macroF1', value: format.number(metrics.macroF1 ?? Number.NaN, 3) },
            { label: t('runs:ic'), term: 'informationCoefficient', value: format.number(metrics.informationCoefficient ?? Number.NaN, 3) },
            { label: t('runs:mae'), term: 'mae', value: format.significant(metrics.mae ?? Number.NaN, 3) },
            { label: t('charts:calibration'), term: 'calibration', value: format.percent(score.calibration.error, 1) },
            { label: t('prediction:scored'), value: format.number(score.rows) },
          ]}
        />
        <RunMatrix caption={t('charts:confusionTitle')} confusion={score.confusion} />
      </SimpleGrid>
    </Stack>
  );
}
