/** The correlation of every two features as a map of squares, and the pairs that are nearly one. */
import { ScrollArea, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Survey } from '../../../data/survey.ts';

const cell = 17;
const margin = 132;
/** Two features closer than this tell nearly the same. */
const strong = 0.95;

/** Blue for together, red for against, nothing for neither. */
const colorOf = (value: number) =>
  `color-mix(in srgb, ${value >= 0 ? '#2f74c0' : '#d6455d'} ${Math.round(Math.min(1, Math.abs(value)) * 100)}%, transparent)`;

export function CorrelationMap({ survey, nameOf }: { readonly survey: Survey; readonly nameOf: (feature: string) => string }) {
  const { t } = useTranslation('desks');
  const { features, correlation } = survey;
  const size = features.length;
  const names = features.map(({ name }) => nameOf(name));
  const at = (row: number, column: number) => correlation[row * size + column] ?? 0;
  const pairs = names.flatMap((name, row) =>
    names.slice(row + 1).flatMap((other, i) => (Math.abs(at(row, row + 1 + i)) > strong ? [`${name} – ${other}`] : [])),
  );
  const side = size * cell;
  return (
    <div data-testid="correlation-map">
      <Text size="sm" fw={600}>
        {t('correlationTitle')}{' '}
        <Text span size="xs" c="dimmed" fw={400}>
          {t('correlationNote')}
        </Text>
      </Text>
      <ScrollArea type="auto" offsetScrollbars="x">
        <svg width={margin + side + 78} height={side + 96} role="img" aria-label={t('correlationTitle')} style={{ display: 'block' }}>
          {names.map((name, row) => (
            <g key={name}>
              <text x={margin - 6} y={row * cell + cell * 0.7 + 90} textAnchor="end" fontSize={11} fill="currentColor">
                {name}
              </text>
              <text transform={`translate(${margin + row * cell + cell * 0.65} 86) rotate(-45)`} fontSize={11} fill="currentColor">
                {name}
              </text>
              {names.map((other, column) => (
                <rect
                  key={other}
                  x={margin + column * cell}
                  y={row * cell + 90}
                  width={cell - 1}
                  height={cell - 1}
                  fill={colorOf(at(row, column))}
                  stroke="var(--mantine-color-default-border)"
                  strokeWidth={0.5}
                >
                  <title>{t('correlationCell', { a: name, b: other, value: at(row, column).toFixed(2) })}</title>
                </rect>
              ))}
            </g>
          ))}
        </svg>
      </ScrollArea>
      {pairs.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('correlationStrong', { pairs: pairs.join(', ') })}
        </Text>
      )}
    </div>
  );
}
