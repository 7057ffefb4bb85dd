/** Sentences for what the preparation warns about. */
import type { TFunction } from 'i18next';
import type { PreparedSummary } from '../../data/prepared.ts';
import type { Format } from '../../i18n/format.ts';

type Warning = PreparedSummary['warnings'][number];

/** Shares as percent, counts grouped, classes by name. */
export function warningText({ code, parameters }: Warning, t: TFunction<readonly ['labels', 'common']>, format: Format): string {
  const name = t((['down', 'flat', 'up'] as const)[Number(parameters.class ?? 0)] ?? 'flat', { ns: 'common' });
  const share = format.percent(Number(parameters.share ?? 0), 1);
  switch (code) {
    case 'small-class':
      return t('warningSmallClass', { name, share });
    case 'one-sided':
      return t('warningOneSided', { name, share });
    case 'few-windows':
      return t('warningFewWindows', { windows: format.number(Number(parameters.windows ?? 0)) });
    default:
      return code satisfies never;
  }
}
