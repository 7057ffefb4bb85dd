/** The race: one lane for each model that has been measured, and for each baseline on the same rows. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import type { Lane } from './race.ts';
import classes from './race-lanes.module.css';

export function RaceLanes({ lanes }: { readonly lanes: readonly Lane[] }) {
  const { t } = useTranslation(['training', 'charts']);
  const text = useText();
  const format = useFormat();
  if (lanes.length === 0) return null;
  const most = Math.max(0.5, ...lanes.map(({ accuracy }) => accuracy));
  return (
    <section aria-label={t('training:race')} data-testid="race">
      <Text fw={600} size="sm" mt="sm">
        {t('training:race')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('training:raceHelp')}
      </Text>
      <ol className={classes.lanes}>
        {lanes.map((lane) => (
          <li key={lane.id} className={classes.lane} data-kind={lane.kind}>
            <span className={classes.words}>
              <span>{lane.kind === 'run' ? text(catalog[lane.model].name) : t(`charts:baseline.${lane.id}`)}</span>
              <b>{format.percent(lane.accuracy, 1)}</b>
            </span>
            <span className={classes.track}>
              <span className={classes.bar} style={{ width: `${(100 * lane.accuracy) / most}%` }} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
