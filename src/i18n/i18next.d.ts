/** Gives every `t('…')` the keys of the English dictionary, so that a missing text is a type error. */
import 'i18next';
import type { en } from './dictionary.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}
