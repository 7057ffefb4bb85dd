/** What a field is, said at its input by pointer, touch and focus: a sentence, the range, and the default with where it comes from. */
import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Field } from '../../lib/fields.ts';
import { written } from './written.ts';

/** The default in the words of the form, or null where it is empty. */
function useDefault(field: Field): string | null {
  const { t } = useTranslation();
  const text = useText();
  switch (field.kind) {
    case 'number':
      return field.unit ? `${written(field.default)} ${text(field.unit)}` : written(field.default);
    case 'boolean':
      return t(field.default ? 'on' : 'off');
    case 'choice': {
      const option = field.options.find(({ value }) => value === field.default);
      return option ? text(option.label) : field.default;
    }
    case 'text':
      return field.default === '' ? null : field.default;
    default:
      return field satisfies never;
  }
}

export function FieldHint({ field, children }: { readonly field: Field; readonly children: ReactElement<{ ref?: unknown }> }) {
  const { t } = useTranslation();
  const text = useText();
  const format = useFormat();
  const preset = useDefault(field);
  const bound = (value: number): string => (Number.isInteger(value) ? format.number(value) : written(value));
  const lines = [
    text(field.help),
    ...(field.kind === 'number' ? [t('range', { min: bound(field.min), max: bound(field.max) })] : []),
    ...(preset === null
      ? []
      : [field.source ? t('defaultFrom', { value: preset, source: text(field.source) }) : t('defaultIs', { value: preset })]),
  ];
  return (
    <Tooltip
      label={lines.map((line) => <div key={line}>{line}</div>)}
      events={{ hover: true, focus: true, touch: true }}
      openDelay={400}
      multiline
      maw={320}
    >
      {children}
    </Tooltip>
  );
}
