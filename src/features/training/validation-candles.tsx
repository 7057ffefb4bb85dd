/** What the run under way answered to its newest validation windows, on their candles: as of the last epoch that was measured. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useStudio } from '../../store/store.ts';
import { AnswerCandles } from './answer-candles.tsx';

export function ValidationCandles({ runId }: { readonly runId: string }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const validated = useStudio((state) => (state.validated?.runId === runId ? state.validated : null));
  const [shown, setShown] = useState(false);
  if (!validated || validated.bars.time.length === 0) return null;
  const { bars, epoch } = validated;
  const words = { epoch: format.number(epoch), count: format.number(bars.time.length) };
  return (
    <Panel title={t('candles.validationTitle')} note={t('candles.validationNote', words)} testId="validation-candles">
      <AnswerCandles bars={shown ? bars : null} onShow={() => setShown(true)} testId="validation-candles-show" />
    </Panel>
  );
}
