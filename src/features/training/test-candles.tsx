/** What an ended run predicted for its test bars and what came, on the candles: the answers that its test score was counted from. */
import { Button, Group, Text } from '@mantine/core';
import { IconChartCandle } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { recall } from '../../store/predicting.ts';
import { useStudio } from '../../store/store.ts';
import type { RunSummary } from '../../training/run.ts';

// The candles' library is large, and most who train do not open this.
const Candles = lazy(() =>
  import('../../components/prediction-candles/prediction-candles.tsx').then(({ PredictionCandles }) => ({ default: PredictionCandles })),
);

export function TestCandles({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation(['training', 'prediction']);
  const format = useFormat();
  const loaded = useStudio((state) => state.dataset?.id === run.dataset.id);
  const bars = useStudio((state) => (state.recalled?.runId === run.job.runId ? state.recalled.bars : null));
  const candleColors = useStudio((state) => state.view.candleColors);
  return (
    <Panel
      title={t('training:candles.title')}
      note={bars && t('training:candles.note', { count: format.number(bars.time.length) })}
      testId="test-candles"
    >
      {bars ? (
        <>
          <Suspense fallback={null}>
            <Candles prediction={bars} candleColors={candleColors} />
          </Suspense>
          <Text size="xs" c="dimmed">
            {t('prediction:candlesHelp')}
          </Text>
        </>
      ) : (
        <Group gap="sm">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconChartCandle size={16} />}
            disabled={!loaded}
            onClick={() => recall(run.job.runId)}
            data-testid="test-candles-show"
          >
            {t('training:candles.show')}
          </Button>
          {!loaded && (
            <Text size="xs" c="dimmed">
              {t('training:candles.load', { name: run.dataset.name })}
            </Text>
          )}
        </Group>
      )}
    </Panel>
  );
}
