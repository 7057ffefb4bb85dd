/** The autocorrelation by lag, with the ±0.1 lines, the band of random-walk surrogates and the last significant lag. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { SequenceLength } from '../../data/prepared.ts';

const axis = { fontSize: 11, fill: 'var(--mantine-color-dimmed)' };
const quiet = 'var(--mantine-color-default-border)';
const curve = 'var(--mantine-primary-color-filled)';
const band = 'var(--mantine-color-gray-5)';

/** At most this many points: the plot is no wider, and drawing more holds the page up. */
const pointLimit = 250;

function pointsOf({ autocorrelation, surrogateLow, surrogateHigh }: SequenceLength) {
  const stride = Math.ceil(autocorrelation.length / pointLimit);
  return Array.from(autocorrelation, (value, index) => ({
    lag: index + 1,
    value,
    band: [surrogateLow[index] as number, surrogateHigh[index] as number] as const,
  })).filter((_, index) => index % stride === 0 || index === autocorrelation.length - 1);
}

function Legend() {
  const { t } = useTranslation('labels');
  const entries = [
    { name: t('plotCurve'), style: { borderTop: `2px solid ${curve}` } },
    { name: t('plotBand'), style: { height: 8, background: band, opacity: 0.5 } },
    { name: t('plotThreshold'), style: { borderTop: '1px dashed var(--mantine-color-dimmed)' } },
  ];
  return (
    <div style={{ display: 'flex', gap: 16, flexWrap: 'wrap', fontSize: 12, color: 'var(--mantine-color-dimmed)' }}>
      {entries.map(({ name, style }) => (
        <span key={name} style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
          <span style={{ display: 'inline-block', width: 18, ...style }} />
          {name}
        </span>
      ))}
    </div>
  );
}

export default function AutocorrelationChart({ length }: { readonly length: SequenceLength }) {
  const { t } = useTranslation('labels');
  const points = useMemo(() => pointsOf(length), [length]);
  const step = length.upper > 250 ? 100 : length.upper > 100 ? 50 : 10;
  const ticks = [1, ...Array.from({ length: Math.floor(length.upper / step) }, (_, index) => (index + 1) * step)];
  return (
    <div role="img" aria-label={t('plotLabel', { upper: length.upper })} data-testid="autocorrelation-chart">
      <ResponsiveContainer width="100%" height={220}>
        <ComposedChart data={points} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid stroke={quiet} vertical={false} />
          <XAxis dataKey="lag" type="number" domain={[1, 'dataMax']} tick={axis} tickLine={false} stroke={quiet} ticks={ticks} />
          <YAxis domain={[-0.5, 1]} allowDataOverflow ticks={[-0.5, 0, 0.5, 1]} tick={axis} tickLine={false} stroke={quiet} width={36} />
          <Tooltip
            isAnimationActive={false}
            labelFormatter={(lag) => `${t('plotLag')} ${lag}`}
            formatter={(value) =>
              Array.isArray(value) ? value.map((end) => Number(end).toFixed(3)).join(' … ') : Number(value).toFixed(3)
            }
            contentStyle={{
              background: 'var(--mantine-color-body)',
              border: `1px solid ${quiet}`,
              borderRadius: 4,
              fontSize: 12,
              padding: '4px 8px',
            }}
          />
          <Area
            dataKey="band"
            name={t('plotBand')}
            stroke="none"
            fill={band}
            fillOpacity={0.35}
            isAnimationActive={false}
            activeDot={false}
          />
          <ReferenceLine y={0.1} stroke="var(--mantine-color-dimmed)" strokeDasharray="4 4" />
          <ReferenceLine y={-0.1} stroke="var(--mantine-color-dimmed)" strokeDasharray="4 4" />
          {length.lastSignificantLag > 0 && (
            <ReferenceLine
              x={length.lastSignificantLag}
              stroke={curve}
              strokeOpacity={0.6}
              label={{ value: length.lastSignificantLag, position: 'insideTopRight', fontSize: 11, fill: curve }}
            />
          )}
          <Line dataKey="value" name={t('plotCurve')} stroke={curve} strokeWidth={1.6} dot={false} isAnimationActive={false} />
        </ComposedChart>
      </ResponsiveContainer>
      <Legend />
    </div>
  );
}
