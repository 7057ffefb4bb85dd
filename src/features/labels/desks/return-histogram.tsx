/** The training returns as a histogram in basis points, coloured by class, with the thresholds drawn. */
import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { LabelRule } from '../../../data/prepared.ts';
import type { Survey } from '../../../data/survey.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { BarsSvg } from './bars-svg.tsx';

interface Props {
  readonly survey: Survey;
  readonly labels: LabelRule;
  readonly horizon: number;
}

export function ReturnHistogram({ survey, labels, horizon }: Props) {
  const { t } = useTranslation('desks');
  const { t: words } = useTranslation('labels');
  const format = useFormat();
  const { ref, width } = useElementSize();
  const { returns, usualThreshold } = survey;
  const points = (value: number) => format.significant(value * 10_000, 3);
  const lower = labels.lower ?? -(usualThreshold ?? 0);
  const upper = labels.upper ?? usualThreshold ?? 0;
  const colorOf = (value: number) =>
    value > upper ? 'var(--studio-rise)' : value < lower ? 'var(--studio-fall)' : 'var(--mantine-color-gray-5)';
  const centre = (returns.from + returns.to) / 2;
  // A centre that differs from 0 by less than a bar is 0 to the eye.
  const middle = Math.abs(centre) < (returns.to - returns.from) / 60 ? '0' : points(centre);
  const outside = returns.below + returns.above;
  return (
    <div ref={ref} data-testid="return-histogram">
      <Text size="sm" fw={600} mb={4}>
        {t('histogramTitle', { horizon, count: horizon })}
      </Text>
      <BarsSvg
        histogram={returns}
        width={Math.max(200, width)}
        height={120}
        label={t('histogramLabel', { from: points(returns.from), to: points(returns.to) })}
        marks={[lower, upper]}
        colorOf={colorOf}
      />
      <div style={{ display: 'flex', justifyContent: 'space-between', fontSize: 11, color: 'var(--mantine-color-dimmed)' }}>
        <span>{words('basisPoints', { value: points(returns.from) })}</span>
        <span>{words('basisPoints', { value: middle })}</span>
        <span>{words('basisPoints', { value: points(returns.to) })}</span>
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {labels.lower === null
          ? t('histogramMoving', { upper: points(upper) })
          : t('histogramFixed', { lower: points(lower), upper: points(upper) })}{' '}
        {outside > 0 && t('histogramOutside', { windows: format.number(outside) })}
      </Text>
    </div>
  );
}
