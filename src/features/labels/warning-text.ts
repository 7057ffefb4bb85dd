/** Sentences for what the preparation warns about. */
import type { TFunction } from 'i18next';
import type { PreparedSummary } from '../../data/prepared.ts';
import type { Format } from '../../i18n/format.ts';

type Warning = PreparedSummary['warnings'][number];

/** Shares as percent, counts grouped. */
export function warningText({ code, parameters }: Warning, t: TFunction<'labels'>, format: Format): string {
  switch (code) {
    case 'small-class':
      return t('warningSmallClass', { share: format.percent(Number(parameters.share ?? 0), 1) });
    case 'one-sided':
      return t('warningOneSided');
    case 'few-windows':
      return t('warningFewWindows', { windows: format.number(Number(parameters.windows ?? 0)) });
    default:
      return code satisfies never;
  }
}
