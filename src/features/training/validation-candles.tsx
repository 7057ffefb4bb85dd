/** What the run under way answered to its newest validation windows, on their candles: as of the last epoch that was measured. */
import { Button, Group, Text } from '@mantine/core';
import { IconChartCandle } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useStudio } from '../../store/store.ts';

const Candles = lazy(() =>
  import('../../components/prediction-candles/prediction-candles.tsx').then(({ PredictionCandles }) => ({ default: PredictionCandles })),
);

export function ValidationCandles({ runId }: { readonly runId: string }) {
  const { t } = useTranslation(['training', 'prediction']);
  const format = useFormat();
  const validated = useStudio((state) => (state.validated?.runId === runId ? state.validated : null));
  const candleColors = useStudio((state) => state.view.candleColors);
  const [shown, setShown] = useState(false);
  if (!validated || validated.bars.time.length === 0) return null;
  const { bars, epoch } = validated;
  const words = { epoch: format.number(epoch), count: format.number(bars.time.length) };
  return (
    <Panel title={t('training:candles.validationTitle')} note={t('training:candles.validationNote', words)} testId="validation-candles">
      {shown ? (
        <>
          <Suspense fallback={null}>
            <Candles prediction={bars} candleColors={candleColors} />
          </Suspense>
          <Text size="xs" c="dimmed">
            {t('prediction:candlesHelp')}
          </Text>
        </>
      ) : (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconChartCandle size={16} />}
            onClick={() => setShown(true)}
            data-testid="validation-candles-show"
          >
            {t('training:candles.show')}
          </Button>
        </Group>
      )}
    </Panel>
  );
}
