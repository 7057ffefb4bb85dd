/** What was predicted against what happened, at any epoch: the matrix with a slider through time, and the scores of each class. */

import { Group, Paper, SegmentedControl, SimpleGrid, Slider, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RunMatrix } from '../../components/run-scores/run-matrix.tsx';
import { MaybeTerm } from '../../components/term/term.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { Confusion, RunSummary } from '../../training/run.ts';
import { classScores } from './class-scores.ts';

const classNames = ['down', 'flat', 'up'] as const;

function ClassTable({ confusion }: { readonly confusion: Confusion }) {
  const { t } = useTranslation(['charts', 'common']);
  const format = useFormat();
  const share = (value: number | null) => (value === null ? '–' : format.percent(value, 1));
  return (
    <Table fz="sm" layout="fixed" verticalSpacing={3} horizontalSpacing={4} tabularNums data-testid="per-class">
      <Table.Thead>
        <Table.Tr>
          {(['className', 'precision', 'recall', 'f1', 'support'] as const).map((column) => (
            <Table.Th key={column} fz="xs" fw={500} c="dimmed" ta={column === 'className' ? 'start' : 'end'}>
              <MaybeTerm id={column === 'className' ? undefined : column}>{t(`charts:${column}`)}</MaybeTerm>
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {classScores(confusion).map((score, index) => (
          <Table.Tr key={classNames[index]}>
            <Table.Th scope="row" fw={500}>
              {t(`common:${classNames[index] ?? 'flat'}`)}
            </Table.Th>
            <Table.Td ta="end">{share(score.precision)}</Table.Td>
            <Table.Td ta="end">{share(score.recall)}</Table.Td>
            <Table.Td ta="end">{share(score.f1)}</Table.Td>
            <Table.Td ta="end">{format.number(score.support)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

type Part = 'train' | 'validation' | 'test';

export function ConfusionPanel({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const [chosen, setChosen] = useState<number | null>(null);
  const [part, setPart] = useState<Part>('validation');
  const record = run.epochs.find(({ epoch }) => epoch === (chosen ?? run.bestEpoch)) ?? run.epochs.at(-1);
  if (!record) return null;
  const tested = part === 'test' && run.test;
  const confusion = tested ? run.test.confusion : record.confusion[part === 'train' ? 'train' : 'validation'];
  const best = record.epoch === run.bestEpoch;
  const last = run.epochs.at(-1)?.epoch ?? 1;
  const parts: Part[] = run.test ? ['train', 'validation', 'test'] : ['train', 'validation'];
  return (
    <Paper withBorder bg="var(--studio-surface)" p="sm" miw={0} data-testid="confusion-panel">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <SegmentedControl
            size="xs"
            value={part}
            onChange={(value) => setPart(value as Part)}
            aria-label={t('confusionTitle')}
            data={parts.map((name) => ({ value: name, label: t(`part.${name}`) }))}
          />
          {!tested && (
            <Group gap="xs" wrap="nowrap">
              <Text size="xs" data-testid="confusion-epoch">
                {t('epochShown', { epoch: format.number(record.epoch) })}
                {best && ` (${t('isBest')})`}
              </Text>
              {run.epochs.length > 1 && (
                <Slider
                  w={140}
                  size="sm"
                  min={1}
                  max={last}
                  step={1}
                  value={record.epoch}
                  onChange={setChosen}
                  label={null}
                  {...(run.bestEpoch > 0 ? { marks: [{ value: run.bestEpoch }] } : {})}
                  thumbLabel={t('epochSlider')}
                  data-testid="confusion-slider"
                />
              )}
            </Group>
          )}
        </Group>
        <SimpleGrid type="container" cols={{ base: 1, '560px': 2 }} spacing="md" style={{ alignItems: 'start' }}>
          <RunMatrix
            caption={tested ? t('confusionTest') : t('confusionAt', { part: t(`part.${part}`), epoch: format.number(record.epoch) })}
            confusion={confusion}
          />
          <ClassTable confusion={confusion} />
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}
