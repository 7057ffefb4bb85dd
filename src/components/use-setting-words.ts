/** The names of settings and of their values in the present language, by path (`training.epochs`, `gru.hiddenSize`). */
import { useTranslation } from 'react-i18next';
import { dataFields } from '../data/fields.ts';
import { useFormat } from '../i18n/use-format.ts';
import { useText } from '../i18n/use-text.ts';
import type { Field, FieldTable, FieldValue } from '../lib/fields.ts';
import { catalog, modelIds } from '../models/catalog.ts';
import { trainingFields } from '../training/fields.ts';

function fieldAt(path: string): Field | undefined {
  const dot = path.indexOf('.');
  const [section, name] = [path.slice(0, dot), path.slice(dot + 1)];
  const model = modelIds.find((id) => id === section);
  const table: FieldTable | undefined =
    section === 'data' ? dataFields : section === 'training' ? trainingFields : model && catalog[model].fields;
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

export interface SettingWords {
  readonly title: (path: string) => string;
  /** `undefined` is the default. */
  readonly written: (path: string, value: FieldValue | undefined) => string;
}

export function useSettingWords(): SettingWords {
  const { t } = useTranslation('common');
  const text = useText();
  const format = useFormat();
  return {
    title: (path) => {
      const field = fieldAt(path);
      return field ? text(field.label) : path;
    },
    written: (path, value) => {
      const field = fieldAt(path);
      if (value === undefined) return t('theDefault');
      if (field?.kind === 'choice') {
        const option = field.options.find((candidate) => candidate.value === value);
        return option ? text(option.label) : String(value);
      }
      if (typeof value === 'boolean') return t(value ? 'on' : 'off');
      return typeof value === 'number' ? format.significant(value, 6) : value;
    },
  };
}
