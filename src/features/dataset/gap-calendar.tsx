/** Days as a calendar, a column a week: the paler a day, the more of its bars are missing. Longer spans draw more days in a cell, in one strip. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HealthPictures } from '../../data/finding.ts';
import { useFormat } from '../../i18n/use-format.ts';

const dayMs = 86_400_000;
const size = 9;
const pitch = 11;

/** Monday first, as ISO weeks are. */
const weekdayOf = (time: number): number => (3 + Math.floor(time / dayMs)) % 7;

export function GapCalendar({ calendar }: { readonly calendar: HealthPictures['calendar'] }) {
  const { t } = useTranslation('findings');
  const format = useFormat();
  const { firstDay, daysPerCell, counts } = calendar;
  const most = Math.max(1, ...counts);
  const offset = daysPerCell === 1 ? weekdayOf(firstDay) : 0;
  const cells = counts.map((count, index) => {
    const place = index + offset;
    return { count, start: firstDay + index * daysPerCell * dayMs, x: pitch * Math.floor(place / 7), y: pitch * (place % 7) };
  });
  const width = pitch * Math.ceil((counts.length + offset) / 7);
  return (
    <div data-testid="gap-calendar">
      <svg
        viewBox={`0 0 ${width} ${7 * pitch}`}
        width={width}
        height={7 * pitch}
        style={{ maxWidth: '100%' }}
        role="img"
        aria-label={t('calendarLabel')}
      >
        {cells.map(({ count, start, x, y }) => (
          <rect
            key={start}
            x={x}
            y={y}
            width={size}
            height={size}
            rx={1}
            fill={count === 0 ? 'none' : 'var(--mantine-primary-color-filled)'}
            fillOpacity={count === 0 ? 1 : 0.15 + (0.85 * count) / most}
            stroke={count === 0 ? 'var(--mantine-color-default-border)' : 'none'}
          >
            <title>{`${format.date(start)}: ${t('calendarBars', { bars: format.number(count) })}`}</title>
          </rect>
        ))}
      </svg>
      <Text size="xs" c="dimmed">
        {t('calendarNote', { from: format.date(firstDay), to: format.date(firstDay + (counts.length * daysPerCell - 1) * dayMs) })}{' '}
        {daysPerCell > 1 && t('calendarCell', { count: daysPerCell })}
      </Text>
    </div>
  );
}
