/** Picks the present language of a text that is declared in code (fields, model names). */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../lib/fields.ts';

/** `const text = useText(); text(field.label)`. */
export function useText(): (text: Text) => string {
  const { i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  return useCallback((text: Text) => text[language], [language]);
}
