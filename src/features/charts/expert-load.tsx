/** How evenly the router of a mixture of experts spreads its tokens. */
import { Table, Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Term } from '../../components/term/term.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { EpochRecord } from '../../training/run.ts';
import { deadLoad } from '../../training/warnings.ts';
import { loadEntropy } from './class-scores.ts';
import classes from './expert-load.module.css';

interface Props {
  readonly record: EpochRecord;
  readonly load: NonNullable<EpochRecord['expertLoad']>;
}

/** What the router of each block did on the validation part. Runs of an earlier studio did not keep it. */
function Routers({ metrics }: Pick<EpochRecord, 'metrics'>) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const rows: { auxiliary: number; entropy: number }[] = [];
  for (;;) {
    const [auxiliary, entropy] = ['auxiliary', 'routerEntropy'].map((name) => metrics[`validation/${name}/block${rows.length}`]);
    if (auxiliary === undefined || entropy === undefined) break;
    rows.push({ auxiliary, entropy });
  }
  if (rows.length === 0) return null;
  return (
    <Table fz="xs" mt="xs" verticalSpacing={3} horizontalSpacing="xs" tabularNums data-testid="routers">
      <Table.Thead>
        <Table.Tr>
          <Table.Th fw={500}>{t('blockColumn')}</Table.Th>
          <Table.Th fw={500} ta="end">
            <Term id="auxiliaryLoss">{t('auxiliaryColumn')}</Term>
          </Table.Th>
          <Table.Th fw={500} ta="end">
            <Term id="routerEntropy">{t('entropyColumn')}</Term>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ auxiliary, entropy }, block) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a block is its index
          <Table.Tr key={block}>
            <Table.Th scope="row" fw={400}>
              {t('block', { number: block })}
            </Table.Th>
            <Table.Td ta="end">{format.significant(auxiliary, 4)}</Table.Td>
            <Table.Td ta="end">{format.percent(entropy, 1)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function ExpertLoad({ record, load }: Props) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const { epoch } = record;
  const scale = Math.max(2, ...load);
  const dead = load.flatMap((share, index) => (share < deadLoad ? [index] : []));
  return (
    <section aria-label={t('expertLoad', { epoch })}>
      <Text fw={600} size="sm" mb={2}>
        <Term id="expertLoad">{t('expertLoad', { epoch })}</Term>
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('expertLoadHelp', { limit: format.number(deadLoad, 2) })}
      </Text>
      <Text size="xs" mb="xs" data-testid="expert-summary">
        <Term id="loadEntropy">{t('expertEntropy', { share: format.percent(loadEntropy(load), 1) })}</Term>.{' '}
        {dead.length > 0 ? (
          <Text span inherit c="var(--studio-bad)" fw={600}>
            {t('expertDead', { count: dead.length, experts: dead.join(', ') })}
          </Text>
        ) : (
          t('expertNoneDead')
        )}
      </Text>
      <div className={classes.bars} style={{ '--ideal': `${100 / scale}%` } as CSSProperties}>
        {load.map((share, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an expert is its index
          <div key={index} className={classes.row}>
            <span className={classes.name}>{t('expert', { number: index })}</span>
            <span className={classes.track}>
              <span className={classes.bar} data-dead={share < deadLoad || undefined} style={{ width: `${(share / scale) * 100}%` }} />
            </span>
            <span className={classes.value}>{format.number(share, 2)}</span>
          </div>
        ))}
      </div>
      <Routers metrics={record.metrics} />
    </section>
  );
}
