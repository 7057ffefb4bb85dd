/** How the file was understood: format, columns, order, interval, first and last bar, rows. */
import { useTranslation } from 'react-i18next';
import { Facts } from '../../components/facts/facts.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import type { DatasetSummary } from '../../data/dataset.ts';
import type { ColumnRole } from '../../data/table-format.ts';
import type { Format } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { OpenMapping } from './mapping/open-mapping.tsx';
import { delimiterKeys, encodingNames } from './mapping/table-names.ts';

const roles: readonly ColumnRole[] = ['time', 'date', 'clock', 'open', 'high', 'low', 'close', 'volume'];
const roleKeys = {
  time: 'roleTime',
  date: 'roleDate',
  clock: 'roleClock',
  open: 'roleOpen',
  high: 'roleHigh',
  low: 'roleLow',
  close: 'roleClose',
  volume: 'roleVolume',
} as const;

/** Forms of time that have a name; the others are patterns that speak for themselves. */
const timeForms = ['iso', 'epoch-s', 'epoch-ms', 'epoch-us', 'epoch-ns'] as const;

/** `open 1.1 · high …` would be long; the order is the usual O H L C V. */
function barText(bar: readonly number[], hasVolume: boolean, format: Format): string {
  const names = ['O', 'H', 'L', 'C', 'V'];
  return bar
    .slice(0, hasVolume ? 5 : 4)
    .map((value, index) => `${names[index]} ${format.significant(value, 9)}`)
    .join('  ');
}

export function ReadPanel({ dataset }: { readonly dataset: DatasetSummary }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const { format: table, rows } = dataset;
  const known = delimiterKeys[table.delimiter as keyof typeof delimiterKeys];
  const hasVolume = table.columns.volume !== undefined;
  const named = roles.flatMap((role) => {
    const column = table.columns[role];
    return column === undefined ? [] : [`${t(roleKeys[role])} = ${table.columnNames[column] ?? `#${column + 1}`}`];
  });
  const form = timeForms.find((name) => name === table.timeFormat);
  const footer = table.footerLines ?? 0;
  const header = [
    table.header ? t('headerYes') : t('headerNo'),
    table.skippedLines > 0 ? t('skipped', { count: table.skippedLines }) : '',
    footer > 0 ? t('footer', { count: footer }) : '',
  ];
  const facts = [
    { id: 'file', name: t('file'), value: `${dataset.name} · ${format.bytes(dataset.bytes)}` },
    {
      id: 'rows',
      name: t('rows'),
      value: t('rowsValue', { read: format.number(rows.read), kept: format.number(rows.kept), dropped: format.number(rows.dropped) }),
    },
    { id: 'period', name: t('period'), value: `${format.time(dataset.firstTime)} – ${format.time(dataset.lastTime)} (${t('utc')})` },
    { id: 'interval', name: t('interval'), value: format.duration(dataset.intervalSeconds * 1000) },
    { id: 'first-bar', name: t('firstBar'), value: barText(dataset.firstBar, hasVolume, format) },
    { id: 'last-bar', name: t('lastBar'), value: barText(dataset.lastBar, hasVolume, format) },
    { id: 'columns', name: t('columns'), value: named.join(' · ') + (hasVolume ? '' : ` · ${t('noVolume')}`) },
    { id: 'header', name: t('header'), value: header.filter(Boolean).join('; ') },
    { id: 'time-format', name: t('timeFormat'), value: form ? t(`timeForms.${form}`) : table.timeFormat },
    { id: 'order', name: t('order'), value: t(table.order) },
    {
      id: 'text',
      name: t('encoding'),
      value: `${encodingNames[table.encoding]} · ${t('delimiter')}: ${known ? t(known) : table.delimiter} · ${t('decimals')}: ${table.decimalComma ? t('decimalComma') : t('decimalPoint')}`,
    },
  ];
  return (
    <Panel title={t('readTitle')} actions={<OpenMapping />} testId="read-panel">
      <Facts facts={facts} />
    </Panel>
  );
}
