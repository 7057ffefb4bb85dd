/** The questions about a file as selects: the first choice of each is the guess, any other corrects it. */
import { NativeSelect, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Mapping, type TimeForm, timeForms } from '../../../data/mapping.ts';
import type { FilePreview } from '../../../data/preview.ts';
import type { Encoding } from '../../../data/table-format.ts';
import { correctMapping } from '../../../store/actions.ts';
import { type Delimiter, delimiterKeys, encodingNames, zoneMinutes, zoneName } from './table-names.ts';

/** A header stands in one of the first lines or nowhere. */
const headerLines = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

interface Question {
  readonly name: keyof Mapping;
  readonly label: string;
  /** What the file itself says. */
  readonly found: string;
  readonly chosen: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly choose: (value: string) => Partial<Mapping>;
}

/** The empty value gives the question back to the file. */
function QuestionSelect({ question }: { readonly question: Question }) {
  const { t } = useTranslation('mapping');
  const { name, label, found, chosen, options, choose } = question;
  return (
    <NativeSelect
      size="xs"
      label={label}
      data-testid={`mapping-${name}`}
      data-corrected={chosen !== undefined}
      fw={chosen === undefined ? 400 : 600}
      value={chosen ?? ''}
      data={[{ value: '', label: chosen === undefined ? t('asFound', { value: found }) : t('giveBack') }, ...options]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        correctMapping(value === '' ? { [name]: undefined } : choose(value));
      }}
    />
  );
}

export function MappingQuestions({ mapping, preview }: { readonly mapping: Mapping; readonly preview: FilePreview }) {
  const { t } = useTranslation('mapping');
  const { t: data } = useTranslation('data');
  const { guess } = preview;
  const delimiterName = (delimiter: string) => (delimiter in delimiterKeys ? data(delimiterKeys[delimiter as Delimiter]) : delimiter);
  const headerName = (line: number) => (line === 0 ? t('headerNone') : t('headerLine', { line }));
  const decimalName = (comma: boolean) => (comma ? t('comma') : t('point'));
  const or = (value: string | null) => value ?? t('unknown');
  const questions: readonly Question[] = [
    {
      name: 'encoding',
      label: t('encoding'),
      found: encodingNames[guess.encoding],
      chosen: mapping.encoding,
      options: (Object.keys(encodingNames) as Encoding[]).map((value) => ({ value, label: encodingNames[value] })),
      choose: (value) => ({ encoding: value as Encoding }),
    },
    {
      name: 'delimiter',
      label: t('delimiter'),
      found: or(guess.delimiter && delimiterName(guess.delimiter)),
      chosen: mapping.delimiter,
      options: Object.keys(delimiterKeys).map((value) => ({ value, label: delimiterName(value) })),
      choose: (delimiter) => ({ delimiter, columns: undefined }),
    },
    {
      name: 'headerLine',
      label: t('header'),
      found: or(guess.headerLine === null ? null : headerName(guess.headerLine)),
      chosen: mapping.headerLine === undefined ? undefined : String(mapping.headerLine),
      options: [0, ...headerLines].map((line) => ({ value: String(line), label: headerName(line) })),
      choose: (line) => ({ headerLine: Number(line) }),
    },
    {
      name: 'timeForm',
      label: t('timeForm'),
      found: or(guess.timeFormat),
      chosen: mapping.timeForm,
      options: timeForms.map((value) => ({ value, label: t(`forms.${value}`) })),
      choose: (value) => ({ timeForm: value as TimeForm, columns: mapping.columns ?? guess.columns }),
    },
    {
      name: 'zoneMinutes',
      label: t('zone'),
      found: guess.hasZone ? t('zoneWritten') : t('zoneUtc'),
      chosen: mapping.zoneMinutes === undefined ? undefined : String(mapping.zoneMinutes),
      options: guess.hasZone ? [] : zoneMinutes.map((minutes) => ({ value: String(minutes), label: zoneName(minutes) })),
      choose: (minutes) => ({ zoneMinutes: Number(minutes) }),
    },
    {
      name: 'order',
      label: t('order'),
      found: or(guess.order && t(guess.order)),
      chosen: mapping.order,
      options: (['ascending', 'descending'] as const).map((value) => ({ value, label: t(value) })),
      choose: (value) => ({ order: value as 'ascending' | 'descending' }),
    },
    {
      name: 'decimalComma',
      label: t('decimals'),
      found: or(guess.decimalComma === null ? null : decimalName(guess.decimalComma)),
      chosen: mapping.decimalComma === undefined ? undefined : String(mapping.decimalComma),
      options: [false, true].map((comma) => ({ value: String(comma), label: decimalName(comma) })),
      choose: (value) => ({ decimalComma: value === 'true' }),
    },
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, md: 4, xl: 7 }} spacing="sm" verticalSpacing="xs">
      {questions.map((question) => (
        <QuestionSelect key={question.name} question={question} />
      ))}
    </SimpleGrid>
  );
}
