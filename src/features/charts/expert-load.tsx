/** How evenly the router of a mixture of experts spreads its tokens. */
import { Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { EpochRecord } from '../../training/run.ts';
import { deadLoad } from '../../training/warnings.ts';
import classes from './expert-load.module.css';

interface Props {
  readonly epoch: number;
  readonly load: NonNullable<EpochRecord['expertLoad']>;
}

export function ExpertLoad({ epoch, load }: Props) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const scale = Math.max(2, ...load);
  return (
    <section aria-label={t('expertLoad', { epoch })}>
      <Text fw={600} size="sm" mb={2}>
        {t('expertLoad', { epoch })}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('expertLoadHelp', { limit: format.number(deadLoad, 2) })}
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
