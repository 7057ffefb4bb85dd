/** The first rows as the file wrote them, under the names of its columns. */
import { ScrollArea, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import type { DatasetSummary } from '../../data/dataset.ts';

export function HeadPanel({ dataset }: { readonly dataset: DatasetSummary }) {
  const { t } = useTranslation('data');
  const used = new Set(Object.values(dataset.format.columns));
  const colorOf = (column: number) => (used.has(column) ? 'bright' : 'dimmed');
  const width = Math.max(dataset.format.columnNames.length, ...dataset.head.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => dataset.format.columnNames[index] ?? '');
  return (
    <Panel title={t('headTitle')} note={t('headNote')} testId="head-panel">
      <ScrollArea type="auto" offsetScrollbars>
        <Table fz="xs" verticalSpacing={3} horizontalSpacing="sm" withRowBorders={false} striped style={{ whiteSpace: 'nowrap' }}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((name, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file may share a name and never move
                <Table.Th key={index} c={colorOf(index)} fw={used.has(index) ? 600 : 400}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {dataset.head.map((row, rowIndex) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file never move
              <Table.Tr key={rowIndex}>
                {columns.map((_, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file may share a name and never move
                  <Table.Td key={index}>
                    <Text inherit span c={colorOf(index)}>
                      {row[index] ?? ''}
                    </Text>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Panel>
  );
}
