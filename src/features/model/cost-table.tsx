/** The ledger before starting: parameters and windows per parameter of every chosen model. */

import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { StatGrid } from '../../components/stat/stat-grid.tsx';
import { MaybeTerm, type TermId } from '../../components/term/term.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog, type ModelId } from '../../models/catalog.ts';
import type { ParameterCount } from '../../models/parameter.ts';
import { MeasureButton } from './measure-button.tsx';
import type { ModelCost } from './model-cost.ts';
import { useEpochTimes } from './use-epoch-times.ts';

/** Windows per trainable parameter under which learning by heart is likely; the same bound warns of a run. */
const lowRatio = 0.1;

const columns = ['model', 'total', 'trainable', 'active', 'ratio', 'ratioActive', 'epoch', 'atMost'] as const;
const terms: Readonly<Partial<Record<(typeof columns)[number], TermId>>> = {
  total: 'parametersTotal',
  trainable: 'parametersTrainable',
  active: 'parametersActive',
  ratio: 'windowsPerParameter',
  ratioActive: 'windowsPerParameter',
  epoch: 'epoch',
};

interface Props {
  readonly models: readonly ModelId[];
  readonly costs: Readonly<Record<ModelId, ModelCost>>;
  /** Training windows, or undefined before a file is loaded. */
  readonly windows: number | undefined;
}

/** What of the PEFT model is kept, trained and remembered by the optimizer. */
function Ledger({ count }: { readonly count: ParameterCount }) {
  const { t } = useTranslation('model');
  const format = useFormat();
  const frozen = count.total - count.trainable;
  const line = (parameters: number, values: number) =>
    t('ledger.line', { count: format.number(parameters), bytes: format.bytes(4 * values) });
  return (
    <StatGrid
      items={[
        { label: t('ledger.frozen'), term: 'frozen', value: line(frozen, frozen), testId: 'ledger-frozen' },
        {
          label: t('ledger.trainable'),
          term: 'parametersTrainable',
          value: line(count.trainable, count.trainable),
          testId: 'ledger-trainable',
        },
        { label: t('ledger.share'), value: format.percent(count.trainable / count.total, 1) },
        // Two moments of AdamW for each trained value.
        { label: t('ledger.optimizer'), term: 'optimizerState', value: format.bytes(4 * 2 * count.trainable) },
        { label: t('ledger.saved'), value: format.bytes(4 * 2 * frozen) },
      ]}
    />
  );
}

export function CostTable({ models, costs, windows }: Props) {
  const { t } = useTranslation('model');
  const text = useText();
  const format = useFormat();
  const times = useEpochTimes(windows);
  const low = windows !== undefined && models.some((id) => windows < lowRatio * (costs[id].count?.trainable ?? 0));
  return (
    <Panel title={t('cost')} actions={<MeasureButton />}>
      <Table.ScrollContainer minWidth={720} type="native" tabIndex={0}>
        <Table fz="sm" verticalSpacing={4} horizontalSpacing="sm" tabularNums>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column} ta={column === 'model' ? 'start' : 'end'} fz="xs" fw={500} c="dimmed">
                  <MaybeTerm id={terms[column]}>{t(`column.${column}`)}</MaybeTerm>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {models.map((id) => {
              const { count } = costs[id];
              const cells = count
                ? [
                    format.number(count.total),
                    format.number(count.trainable),
                    format.number(count.active),
                    windows === undefined ? '–' : format.significant(windows / count.trainable, 2),
                    windows === undefined ? '–' : format.significant(windows / count.active, 2),
                    times[id] === undefined ? '–' : format.duration(times[id].epochMs),
                    times[id] === undefined ? '–' : format.duration(times[id].allMs),
                  ]
                : columns.slice(1).map(() => '–');
              return (
                <Table.Tr key={id} data-testid={`cost-${id}`} data-epoch-ms={times[id]?.epochMs}>
                  <Table.Th scope="row" fw={500}>
                    {text(catalog[id].name)}
                  </Table.Th>
                  {cells.map((cell, index) => (
                    <Table.Td key={columns[index + 1]} ta="end">
                      {cell}
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed">
        {windows === undefined ? t('ratioUnknown') : low && t('ratioLow')}
      </Text>
      {models.includes('peft-transformer') && costs['peft-transformer'].count && <Ledger count={costs['peft-transformer'].count} />}
    </Panel>
  );
}
