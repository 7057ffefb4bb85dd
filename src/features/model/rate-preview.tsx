/** The learning rate of every epoch under the present settings, before anything is trained. */
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SeriesChart } from '../../components/series-chart/series-chart.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { learningRateAt } from '../../training/schedule.ts';

interface Props {
  readonly epochs: number;
  readonly schedule: 'cosine' | 'constant';
  readonly scheduleEpochs: number;
  readonly learningRate: number;
  readonly minLearningRate: number;
}

export function RatePreview({ epochs, schedule, scheduleEpochs, learningRate, minLearningRate }: Props) {
  const { t } = useTranslation(['model', 'charts']);
  const format = useFormat();
  const lines = useMemo(() => {
    const every = Math.max(1, Math.floor(epochs / 500));
    const count = Math.ceil(epochs / every);
    const config = { schedule, scheduleEpochs, learningRate, minLearningRate };
    const points = Array.from({ length: count }, (_, index) => ({ at: index * every + 1, value: learningRateAt(config, index * every) }));
    return [{ id: 'rate', label: t('model:rateLabel'), color: 'light-dark(#5f3dc4, #b197fc)', steps: [], epochs: points, plain: true }];
  }, [epochs, schedule, scheduleEpochs, learningRate, minLearningRate, t]);
  const formatValue = useCallback((value: number) => (value === 0 ? '0' : Number(value.toPrecision(3)).toExponential()), []);
  const formatAt = useCallback((at: number) => t('charts:at.epoch', { at: format.number(at) }), [t, format]);
  return (
    <SeriesChart
      id="rate-preview"
      title={t('model:ratePreview')}
      lines={lines}
      formatValue={formatValue}
      formatAt={formatAt}
      formatTick={format.number}
      wholeTicks
      start={null}
      fromZero
      empty=""
      height={120}
    />
  );
}
