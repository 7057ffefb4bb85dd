/** The parameters of a failure in the person's words: parts and columns by name, counts grouped. Whatever else is there stays as it is. */
import type { TFunction } from 'i18next';
import type { Failure } from '../../lib/errors.ts';

const columnKeys = {
  time: 'roleTime',
  open: 'roleOpen',
  high: 'roleHigh',
  low: 'roleLow',
  close: 'roleClose',
  volume: 'roleVolume',
} as const;
const partNames = ['train', 'validation', 'test'] as const;
const counts = ['bars', 'needed', 'sequenceLength'];

/** `t` is any translation function; `language` decides the separators. */
export function failureParameters({ code, parameters }: Failure, t: TFunction, language: string): Record<string, string | number> {
  const written: Record<string, string | number> = { ...parameters };
  for (const name of counts) {
    const value = parameters[name];
    if (typeof value === 'number') written[name] = value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-US');
  }
  const part = partNames.find((known) => known === parameters.part);
  if (part) written.part = t(part, { ns: 'common' });
  if (code === 'missing-columns') {
    const names = String(parameters.columns ?? '').split(', ');
    const translated = names.map((name) => (name in columnKeys ? t(columnKeys[name as keyof typeof columnKeys], { ns: 'data' }) : name));
    written.columns = translated.join(language === 'zh' ? '、' : ', ');
  }
  return written;
}
