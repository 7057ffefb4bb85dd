/** Labels and split: windows, dates and class balance of each part, the thresholds, and what was left out and why. */
import { Alert, Grid, ScrollArea, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Fact, Facts } from '../../components/facts/facts.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { dataFields } from '../../data/fields.ts';
import { type PreparedSummary, parts } from '../../data/prepared.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useStudio } from '../../store/store.ts';
import { ClassBalance } from './class-balance.tsx';
import { warningText } from './warning-text.ts';

function PartsTable({ prepared }: { readonly prepared: PreparedSummary }) {
  const { t } = useTranslation('labels');
  const { t: common } = useTranslation('common');
  const format = useFormat();
  const time = (at: number) => (at === 0 ? '—' : format.time(at));
  return (
    <ScrollArea type="auto" offsetScrollbars="x">
      <Table fz="sm" verticalSpacing={4} horizontalSpacing="xs" style={{ whiteSpace: 'nowrap' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('part')}</Table.Th>
            <Table.Th ta="right">{t('windows')}</Table.Th>
            <Table.Th w="34%">{t('balance')}</Table.Th>
            <Table.Th>{t('from')}</Table.Th>
            <Table.Th>{t('to')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map((part) => (
            <Table.Tr key={part} data-testid={`part-${part}`}>
              <Table.Td>{common(part)}</Table.Td>
              <Table.Td ta="right">{format.number(prepared.parts[part].windows)}</Table.Td>
              <Table.Td>
                <ClassBalance classes={prepared.parts[part].classes} />
              </Table.Td>
              <Table.Td>{time(prepared.parts[part].firstTime)}</Table.Td>
              <Table.Td>{time(prepared.parts[part].lastTime)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

/** What was left out, in words; only reasons that occurred. */
function useDropped({ dropped }: PreparedSummary): string {
  const { t } = useTranslation('labels');
  const reasons = [
    { count: dropped.acrossGap, key: 'droppedGap' },
    { count: dropped.withoutFuture, key: 'droppedFuture' },
    { count: dropped.purged, key: 'droppedPurged' },
    { count: dropped.older, key: 'droppedOlder' },
  ] as const;
  const written = reasons.filter(({ count }) => count > 0).map(({ count, key }) => t(key, { count }));
  return written.length > 0 ? written.join(' · ') : t('droppedNone');
}

/** @param children the label rules side by side, where they have been surveyed */
export function PartsPanel({ prepared, children }: { readonly prepared: PreparedSummary; readonly children?: ReactNode }) {
  const { t } = useTranslation(['labels', 'common'] as const);
  const format = useFormat();
  const text = useText();
  const dropped = useDropped(prepared);
  const preparing = useStudio((state) => state.preparing);
  const { labels } = prepared;
  const basisPoints = (logReturn: number) => t('basisPoints', { value: format.significant(logReturn * 10_000, 3) });
  const rule = dataFields.labelRule.options.find((option) => option.value === labels.rule);
  const windows = parts.reduce((sum, part) => sum + prepared.parts[part].windows, 0);
  const facts: Fact[] = [
    { id: 'label-rule', name: t('rule'), term: 'labels', value: rule ? text(rule.label) : labels.rule },
    {
      id: 'thresholds',
      term: 'basisPoint',
      name: t('thresholds'),
      value:
        labels.lower === null || labels.upper === null
          ? t('thresholdsMoving')
          : t('thresholdsValue', { lower: basisPoints(labels.lower), upper: basisPoints(labels.upper) }),
    },
    { id: 'deviation', name: t('deviation'), term: 'returnDeviation', value: basisPoints(labels.returnDeviation) },
    {
      id: 'class-weights',
      name: t('classWeights'),
      term: 'classWeights',
      value: prepared.classWeights.map((weight) => format.number(weight, 3)).join(' / '),
    },
    {
      id: 'usable',
      term: 'warmUp',
      name: t('usable'),
      value: t('usableValue', { bars: format.number(prepared.usableBars), warmUp: format.number(prepared.warmUpBars) }),
    },
    { id: 'possible', name: t('possible'), value: format.number(prepared.possibleWindows) },
    { id: 'dropped', name: t('dropped'), term: 'purge', value: dropped },
    { id: 'features', name: t('features'), value: `${prepared.featureNames.length}` },
  ];
  return (
    <Panel
      title={t('partsTitle')}
      note={preparing ? t('updating') : t('partsNote', { windows: format.number(windows) })}
      testId="parts-panel"
    >
      {prepared.warnings.length > 0 && (
        <Stack gap={4}>
          {prepared.warnings.map((warning) => (
            <Alert
              key={`${warning.code} ${warning.parameters.class ?? ''}`}
              color="yellow"
              variant="light"
              py={6}
              data-testid={`warning-${warning.code}`}
            >
              <Text size="sm">{warningText(warning, t, format)}</Text>
            </Alert>
          ))}
        </Stack>
      )}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <PartsTable prepared={prepared} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Facts facts={facts} />
        </Grid.Col>
      </Grid>
      {children}
    </Panel>
  );
}
