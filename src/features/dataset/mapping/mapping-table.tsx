/** The first lines of the file cell by cell, a select over each column for its meaning, and the bar that each line reads as. */
import { NativeSelect, ScrollArea, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '../../../data/mapping.ts';
import type { FilePreview, PreviewRow } from '../../../data/preview.ts';
import type { ColumnRole } from '../../../data/table-format.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { correctMapping } from '../../../store/actions.ts';
import { assignRole, roleOf } from './assign-role.ts';

const roles: readonly ColumnRole[] = ['time', 'date', 'clock', 'open', 'high', 'low', 'close', 'volume'];

function RoleSelect({
  name,
  column,
  columns,
}: {
  readonly name: string;
  readonly column: number;
  readonly columns: NonNullable<Mapping['columns']>;
}) {
  const { t } = useTranslation('mapping');
  const role = roleOf(columns, column);
  return (
    <NativeSelect
      size="xs"
      variant={role ? 'default' : 'unstyled'}
      miw={100}
      fw={role ? 600 : 400}
      aria-label={t('roleOf', { name })}
      data-testid={`role-${column}`}
      value={role ?? ''}
      data={[{ value: '', label: t('roleNone') }, ...roles.map((value) => ({ value, label: t(`roles.${value}`) }))]}
      onChange={(event) =>
        correctMapping({ columns: assignRole(columns, column, (event.currentTarget.value || null) as ColumnRole | null) })
      }
    />
  );
}

/** `2024-01-02 09:30 · O 1.1 H 1.2 …`, or that the line is no bar. */
function BarCells({ bar, hasVolume }: { readonly bar: PreviewRow['bar']; readonly hasVolume: boolean }) {
  const { t } = useTranslation('mapping');
  const format = useFormat();
  if (!bar)
    return (
      <Table.Td colSpan={hasVolume ? 6 : 5} c="dimmed" style={{ borderLeft: '2px solid var(--mantine-color-default-border)' }}>
        {t('noBar')}
      </Table.Td>
    );
  const [time, ...values] = bar;
  return (
    <>
      <Table.Td style={{ borderLeft: '2px solid var(--mantine-color-default-border)' }}>{format.time(time as number)}</Table.Td>
      {values.slice(0, hasVolume ? 5 : 4).map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the five values of a bar keep their places
        <Table.Td key={index} ta="right">
          {format.significant(value, 9)}
        </Table.Td>
      ))}
    </>
  );
}

export function MappingTable({ preview }: { readonly preview: FilePreview }) {
  const { t } = useTranslation('mapping');
  const { rows, guess } = preview;
  const width = Math.max(guess.columnNames.length, ...rows.map((row) => row.cells.length));
  const places = Array.from({ length: Math.min(40, width) }, (_, column) => column);
  const hasVolume = guess.columns.volume !== undefined;
  const read = (['time', 'open', 'high', 'low', 'close', ...(hasVolume ? ['volume'] : [])] as ColumnRole[]).map((role) =>
    t(`roles.${role}`),
  );
  return (
    <ScrollArea type="auto" offsetScrollbars="x">
      <Table
        fz="xs"
        verticalSpacing={2}
        horizontalSpacing="xs"
        withRowBorders={false}
        striped
        style={{ whiteSpace: 'nowrap' }}
        aria-label={t('table')}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            {places.map((column) => (
              <Table.Th key={column}>
                <RoleSelect name={guess.columnNames[column] ?? `#${column + 1}`} column={column} columns={guess.columns} />
              </Table.Th>
            ))}
            <Table.Th colSpan={read.length} c="dimmed" fw={400} style={{ borderLeft: '2px solid var(--mantine-color-default-border)' }}>
              {t('reads')}
            </Table.Th>
          </Table.Tr>
          <Table.Tr>
            <Table.Th c="dimmed" fw={400}>
              {t('line')}
            </Table.Th>
            {places.map((column) => (
              <Table.Th key={column} fw={roleOf(guess.columns, column) ? 600 : 400} c={roleOf(guess.columns, column) ? 'bright' : 'dimmed'}>
                {guess.columnNames[column] ?? ''}
              </Table.Th>
            ))}
            {read.map((name, index) => (
              <Table.Th
                key={name}
                ta={index === 0 ? 'left' : 'right'}
                style={index === 0 ? { borderLeft: '2px solid var(--mantine-color-default-border)' } : {}}
              >
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.line} data-testid={`mapping-line-${row.line}`}>
              <Table.Td c="dimmed" ta="right">
                {row.line}
              </Table.Td>
              {places.map((column) => (
                <Table.Td key={column}>
                  <Text inherit span c={row.bar && roleOf(guess.columns, column) ? 'bright' : 'dimmed'}>
                    {row.cells[column] ?? ''}
                  </Text>
                </Table.Td>
              ))}
              <BarCells bar={row.bar} hasVolume={hasVolume} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
