/** A confusion matrix of a run with everything around the counts in the present language. */

import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { Confusion } from '../../training/run.ts';
import { ConfusionMatrix } from '../confusion-matrix.tsx';
import { Term } from '../term/term.tsx';

export function RunMatrix({ caption, confusion }: { readonly caption: string; readonly confusion: Confusion }) {
  const { t } = useTranslation(['charts', 'common']);
  const format = useFormat();
  return (
    <ConfusionMatrix
      caption={<Term id="confusionMatrix">{caption}</Term>}
      confusion={confusion}
      classNames={[t('common:down'), t('common:flat'), t('common:up')]}
      actual={t('charts:actual')}
      predicted={t('charts:predicted')}
      formatCount={(count) => format.number(count)}
      formatShare={(share) => format.percent(share)}
    />
  );
}
