/** The places in the order a person walks them: a rail at the left where there is room, a row under the name where there is not. */
import { Badge } from '@mantine/core';
import { IconChartCandle, IconDatabase, IconPlayerPlay, IconScale, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useStudio } from '../store/store.ts';
import { type Place, places } from './route.ts';

const icons = { data: IconDatabase, model: IconStack2, train: IconPlayerPlay, compare: IconScale, predict: IconChartCandle } as const;

/** How far the present run is, on the link to it. */
function TrainingBadge() {
  const format = useFormat();
  const active = useStudio((state) => state.activeRunId !== null);
  const paused = useStudio((state) => state.paused);
  const percent = useStudio((state) => Math.floor((100 * (state.progress?.step ?? 0)) / Math.max(1, state.progress?.totalSteps ?? 1)));
  if (!active) return null;
  return (
    <Badge size="xs" radius="sm" variant="filled" color={paused ? 'orange.9' : 'steel.9'}>
      {format.percent(percent / 100)}
    </Badge>
  );
}

export function PlaceLinks({ place, rail }: { readonly place: Place; readonly rail: boolean }) {
  const { t } = useTranslation('app');
  return (
    <nav aria-label={t('places')} className={rail ? 'place-rail' : 'place-row'}>
      {places.map((name, index) => {
        const Icon = icons[name];
        return (
          <a
            key={name}
            className="place-link"
            href={`#/${name}`}
            aria-current={name === place ? 'page' : undefined}
            title={rail ? `${t(`placeHelp.${name}`)} (${index + 1})` : undefined}
            data-testid={`place-${name}`}
          >
            <Icon size={rail ? 22 : 16} stroke={1.6} aria-hidden />
            <span>{t(name)}</span>
            {name === 'train' && <TrainingBadge />}
          </a>
        );
      })}
    </nav>
  );
}
