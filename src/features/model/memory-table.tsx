/** The memory plan before starting: bytes by part of every chosen model, and the micro-batch that keeps them within device and budget. */

import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { MaybeTerm, type TermId } from '../../components/term/term.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog, type ModelId } from '../../models/catalog.ts';
import { useStudio } from '../../store/store.ts';
import { trainingConfigOf } from '../../training/settings.ts';
import { featureCount } from './feature-count.ts';
import { dataSize, memoryOf } from './memory-of.ts';

const columns = ['weights', 'training', 'data', 'saved', 'working', 'peak', 'microBatch'] as const;

const terms: Readonly<Partial<Record<(typeof columns)[number], TermId>>> = {
  training: 'optimizerState',
  saved: 'savedActivations',
  peak: 'peakMemory',
  microBatch: 'microBatch',
};

export function MemoryTable({ models }: { readonly models: readonly ModelId[] }) {
  const { t } = useTranslation('model');
  const text = useText();
  const format = useFormat();
  const settings = useStudio((state) => state.settings);
  const prepared = useStudio((state) => state.prepared);
  const device = useStudio((state) => state.device);
  const size = useMemo(() => dataSize(settings, prepared, featureCount(settings, prepared)), [settings, prepared]);
  const binding = device?.maxBindingBytes ?? 0;
  const fits = useMemo(() => models.map((id) => memoryOf(settings, id, size, binding)), [settings, models, size, binding]);
  const stock = device !== null && (device.backend !== 'webgpu' || device.kernels !== 'fused');
  const tooMuch = fits.some((fit) => fit && !fit.fits);
  return (
    <Panel title={t('memory')} note={t('memoryNote')}>
      <Table.ScrollContainer minWidth={720} type="native" tabIndex={0}>
        <Table fz="sm" verticalSpacing={4} horizontalSpacing="sm" tabularNums data-testid="memory-plan">
          <Table.Thead>
            <Table.Tr>
              {(['model', ...columns] as const).map((column) => (
                <Table.Th key={column} ta={column === 'model' ? 'start' : 'end'} fz="xs" fw={500} c="dimmed">
                  {column === 'model' ? t('column.model') : <MaybeTerm id={terms[column]}>{t(`memoryPart.${column}`)}</MaybeTerm>}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {models.map((id, i) => {
              const plan = fits[i]?.plan;
              const { batchSize } = trainingConfigOf(settings, id);
              const cells = plan
                ? [
                    format.bytes(plan.bytes.weights + plan.bytes.frozen),
                    format.bytes(plan.bytes.gradients + plan.bytes.optimizer + plan.bytes.best),
                    format.bytes(plan.bytes.features + plan.bytes.cache + plan.bytes.records + plan.bytes.staging),
                    format.bytes(plan.bytes.saved),
                    format.bytes(plan.bytes.working),
                    format.bytes(plan.peak),
                    t(plan.recompute ? 'microBatchesAnew' : 'microBatches', {
                      size: format.number(plan.microBatch),
                      batch: format.number(batchSize),
                    }),
                  ]
                : columns.map(() => '–');
              return (
                <Table.Tr key={id} data-testid={`memory-${id}`} data-peak={plan?.peak} data-micro-batch={plan?.microBatch}>
                  <Table.Th scope="row" fw={500}>
                    {text(catalog[id].name)}
                  </Table.Th>
                  {cells.map((cell, index) => (
                    <Table.Td key={columns[index]} ta="end" fw={columns[index] === 'peak' ? 600 : undefined}>
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
        {prepared ? '' : t('memoryAssumed', { length: format.number(size.time) })} {stock && t('memoryStock')}
      </Text>
      {tooMuch && (
        <Text size="xs" c="var(--studio-warn)" data-testid="memory-too-much">
          {t('memoryTooMuch')}
        </Text>
      )}
    </Panel>
  );
}
