/** The settings in which the chosen runs differ, and nothing else. */

import { Table, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { dataFields } from '../../data/fields.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Field, FieldTable, FieldValue } from '../../lib/fields.ts';
import { catalog, type ModelId } from '../../models/catalog.ts';
import type { PresetId } from '../../models/model-spec.ts';
import { trainingFields } from '../../training/fields.ts';
import type { RunSummary } from '../../training/run.ts';
import { changesAgainstFirst, type DifferenceRow, differenceOf } from './difference.ts';

function fieldOf(path: string, runs: readonly RunSummary[]): Field | undefined {
  const [section = '', name = ''] = path.split('.');
  const tables: readonly (FieldTable | undefined)[] =
    section === 'data' ? [dataFields] : section === 'training' ? [trainingFields] : runs.map((run) => catalog[run.job.model].fields);
  return tables.find((table) => table && Object.hasOwn(table, name))?.[name];
}

/** The names of settings and of their values in the present language. */
function useWords(runs: readonly RunSummary[]) {
  const { t } = useTranslation(['runs', 'model', 'common']);
  const text = useText();
  const format = useFormat();
  const title = ({ path }: DifferenceRow): string => {
    const field = fieldOf(path, runs);
    if (field) return text(field.label);
    if (path === 'file' || path === 'model' || path === 'preset') return t(`runs:${path}`);
    return t('runs:sequenceLength');
  };
  const written = (path: string, value: FieldValue): string => {
    const field = fieldOf(path, runs);
    if (path === 'model') return text(catalog[value as ModelId].name);
    if (path === 'preset') return t(`model:preset.${value as PresetId}`);
    if (field?.kind === 'choice') {
      const option = field.options.find((candidate) => candidate.value === value);
      return option ? text(option.label) : String(value);
    }
    if (path === 'data.sequenceLength' && value === 0) return t('common:auto');
    if (typeof value === 'boolean') return t(value ? 'common:on' : 'common:off');
    return typeof value === 'number' ? format.significant(value, 6) : value;
  };
  return { title, written };
}

interface Props {
  readonly runs: readonly RunSummary[];
  readonly colors: ReadonlyMap<string, string>;
}

export const DifferenceTable = memo(function DifferenceTable({ runs, colors }: Props) {
  const { t, i18n } = useTranslation('runs');
  const text = useText();
  const format = useFormat();
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const nameOf = (run: RunSummary) => run.name || `${text(catalog[run.job.model].name)} (${format.moment(run.startedAt)})`;
  const { title, written } = useWords(runs);
  const rows = differenceOf(runs);
  return (
    <Panel
      title={t('difference')}
      note={runs.length < 2 ? t('differenceFew') : rows.length === 0 ? t('differenceNone') : t('differenceHelp')}
    >
      {rows.length > 0 &&
        runs.slice(1).map((run, index) => {
          const changes = changesAgainstFirst(rows, index + 1).map(({ row, before, after }) =>
            t('change', { setting: title(row), before: written(row.path, before), after: written(row.path, after) }),
          );
          return changes.length > 0 && runs[0] ? (
            <Text key={run.job.runId} size="sm" data-testid="difference-sentence">
              {t('differsFrom', { name: nameOf(run), first: nameOf(runs[0]), changes: list.format(changes) })}
            </Text>
          ) : null;
        })}
      {rows.length > 0 && (
        <Table.ScrollContainer minWidth={200 + 130 * runs.length} type="native" tabIndex={0}>
          <Table fz="sm" verticalSpacing={4} tabularNums w="auto" data-testid="difference">
            <Table.Thead>
              <Table.Tr>
                <Table.Th fz="xs" c="dimmed" fw={500}>
                  {t('setting')}
                </Table.Th>
                {runs.map((run) => (
                  <Table.Th key={run.job.runId} fz="xs" fw={500} style={{ borderTop: `3px solid ${colors.get(run.job.runId) ?? 'gray'}` }}>
                    {nameOf(run)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.path}>
                  <Table.Th scope="row" fw={500} title={row.path}>
                    {title(row)}
                  </Table.Th>
                  {row.values.map((value, index) => (
                    <Table.Td key={runs[index]?.job.runId}>{written(row.path, value)}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
});
