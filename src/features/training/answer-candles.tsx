/** Predictions and what came on the candles, behind a button that asks for them. */
import { Button, Group, Text } from '@mantine/core';
import { IconChartCandle } from '@tabler/icons-react';
import { type ComponentProps, lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { PredictionCandles } from '../../components/prediction-candles/prediction-candles.tsx';
import { useStudio } from '../../store/store.ts';

// The candles' library is large, and most who train do not open this.
const Candles = lazy(() =>
  import('../../components/prediction-candles/prediction-candles.tsx').then((module) => ({ default: module.PredictionCandles })),
);

interface Props {
  /** Null: not asked for yet. */
  readonly bars: ComponentProps<typeof PredictionCandles>['prediction'] | null;
  readonly onShow: () => void;
  readonly disabled?: boolean;
  readonly testId: string;
  /** Beside the button. */
  readonly children?: ReactNode;
}

export function AnswerCandles({ bars, onShow, disabled = false, testId, children }: Props) {
  const { t } = useTranslation(['training', 'prediction']);
  const candleColors = useStudio((state) => state.view.candleColors);
  if (bars)
    return (
      <>
        <Suspense fallback={null}>
          <Candles prediction={bars} candleColors={candleColors} />
        </Suspense>
        <Text size="xs" c="dimmed">
          {t('prediction:candlesHelp')}
        </Text>
      </>
    );
  return (
    <Group gap="sm">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconChartCandle size={16} />}
        disabled={disabled}
        onClick={onShow}
        data-testid={testId}
      >
        {t('training:candles.show')}
      </Button>
      {children}
    </Group>
  );
}
