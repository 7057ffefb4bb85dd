/** How evenly the router of a mixture of experts spreads its tokens. */
import { Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { EpochRecord } from '../../training/run.ts';
import { deadLoad } from '../../training/warnings.ts';
import { loadEntropy } from './class-scores.ts';
import classes from './expert-load.module.css';

interface Props {
  readonly epoch: number;
  readonly load: NonNullable<EpochRecord['expertLoad']>;
}

export function ExpertLoad({ epoch, load }: Props) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const scale = Math.max(2, ...load);
  const dead = load.flatMap((share, index) => (share < deadLoad ? [index] : []));
  return (
    <section aria-label={t('expertLoad', { epoch })}>
      <Text fw={600} size="sm" mb={2}>
        {t('expertLoad', { epoch })}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('expertLoadHelp', { limit: format.number(deadLoad, 2) })}
      </Text>
      <Text size="xs" mb="xs" data-testid="expert-summary">
        {t('expertEntropy', { share: format.percent(loadEntropy(load), 1) })}.{' '}
        {dead.length > 0 ? (
          <Text span inherit c="red" fw={600}>
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
    </section>
  );
}
