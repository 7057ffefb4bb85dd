/** The studio's i18next: both dictionaries are part of the page, so switching the language loads nothing. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../worker/protocol.ts';
import { en, zh } from './dictionary.ts';

/** Starts i18next in a language. React shows texts right away: there is nothing to wait for. */
export function startTexts(language: Language): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: { en, zh },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  switchTexts(language);
}

/** Switches every text, and tells the browser (hyphenation, CJK glyphs, screen readers). */
export function switchTexts(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  if (i18next.language !== language) void i18next.changeLanguage(language);
}
