/** The raw candles around a first fault, on a logarithmic scale so that a lost decimal point fits; the faulty one is framed. */
import { useTranslation } from 'react-i18next';
import type { Excerpt } from '../../data/finding.ts';

const width = 260;
const height = 70;
const inset = 4;

export function ExcerptCandles({ excerpt }: { readonly excerpt: Excerpt }) {
  const { t } = useTranslation('findings');
  const { bars, lines, marked } = excerpt;
  const prices = bars.flat().filter((price) => price > 0);
  if (prices.length === 0) return null;
  const [low, high] = [Math.log(Math.min(...prices)), Math.log(Math.max(...prices))];
  const span = high - low || 1;
  const y = (price: number) => height - inset - ((Math.log(Math.max(price, Math.exp(low))) - low) / span) * (height - 2 * inset);
  const step = width / bars.length;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      style={{ maxWidth: '100%', display: 'block' }}
      role="img"
      aria-label={t('excerptLabel', { line: lines[marked] ?? 0 })}
      data-testid="excerpt-candles"
    >
      <rect x={marked * step} y={0} width={step} height={height} fill="var(--mantine-color-orange-5)" fillOpacity={0.25} />
      {bars.map(([open, top, bottom, close], index) => {
        const color = close >= open ? 'var(--studio-rise)' : 'var(--studio-fall)';
        const middle = (index + 0.5) * step;
        return (
          <g key={lines[index]} stroke={color} fill={color}>
            <line x1={middle} x2={middle} y1={y(top)} y2={y(bottom)} />
            <rect
              x={middle - step * 0.3}
              y={Math.min(y(open), y(close))}
              width={step * 0.6}
              height={Math.max(0.8, Math.abs(y(open) - y(close)))}
              stroke="none"
            />
          </g>
        );
      })}
    </svg>
  );
}
