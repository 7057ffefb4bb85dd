/** What an ended run predicted for its test bars and what came, on the candles: the answers that its test score was counted from. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { recall } from '../../store/predicting.ts';
import { useStudio } from '../../store/store.ts';
import type { RunSummary } from '../../training/run.ts';
import { AnswerCandles } from './answer-candles.tsx';

export function TestCandles({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const loaded = useStudio((state) => state.dataset?.id === run.dataset.id);
  const bars = useStudio((state) => (state.recalled?.runId === run.job.runId ? state.recalled.bars : null));
  return (
    <Panel title={t('candles.title')} note={bars && t('candles.note', { count: format.number(bars.time.length) })} testId="test-candles">
      <AnswerCandles bars={bars} onShow={() => recall(run.job.runId)} disabled={!loaded} testId="test-candles-show">
        {!loaded && (
          <Text size="xs" c="dimmed">
            {t('candles.load', { name: run.dataset.name })}
          </Text>
        )}
      </AnswerCandles>
    </Panel>
  );
}
