/** The autocorrelation by lag, with the ±0.1 lines, the band of random-walk surrogates and the last significant lag. Three paths: a chart library takes longer than a frame here. */
import { useElementSize } from '@mantine/hooks';
import { type PointerEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SequenceLength } from '../../data/prepared.ts';

const quiet = 'var(--mantine-color-default-border)';
const curve = 'var(--mantine-primary-color-filled)';
const band = 'var(--mantine-color-gray-5)';
const height = 220;
const frame = { left: 34, right: 8, top: 8, bottom: 20 };
/** The plot shows −0.5 to 1; what lies under is cut. */
const [bottom, top] = [-0.5, 1];

/** Places in the plot. */
function scales(width: number, upper: number) {
  const [wide, tall] = [width - frame.left - frame.right, height - frame.top - frame.bottom];
  return {
    x: (lag: number) => frame.left + (wide * (lag - 1)) / Math.max(1, upper - 1),
    y: (value: number) => frame.top + (tall * (top - Math.max(bottom, Math.min(top, value)))) / (top - bottom),
    lagAt: (x: number) => Math.max(1, Math.min(upper, Math.round(1 + ((x - frame.left) / Math.max(1, wide)) * (upper - 1)))),
  };
}

type Scales = ReturnType<typeof scales>;

const lineThrough = (values: Float32Array, { x, y }: Scales): string =>
  Array.from(values, (value, index) => `${index === 0 ? 'M' : 'L'}${x(index + 1).toFixed(1)} ${y(value).toFixed(1)}`).join('');

/** The area between two lines. */
function bandBetween(low: Float32Array, high: Float32Array, at: Scales): string {
  const back = Array.from(high, (value, index) => `L${at.x(index + 1).toFixed(1)} ${at.y(value).toFixed(1)}`).reverse();
  return `${lineThrough(low, at)}${back.join('')}z`;
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

function Axes({ at, upper, width }: { readonly at: Scales; readonly upper: number; readonly width: number }) {
  const step = upper > 250 ? 100 : upper > 100 ? 50 : 10;
  const ticks = [1, ...Array.from({ length: Math.floor(upper / step) }, (_, index) => (index + 1) * step)];
  const text = { fontSize: 11, fill: 'var(--mantine-color-dimmed)' };
  return (
    <>
      {[-0.5, 0, 0.5, 1].map((value) => (
        <g key={value}>
          <line x1={frame.left} x2={width - frame.right} y1={at.y(value)} y2={at.y(value)} stroke={quiet} />
          <text x={frame.left - 6} y={at.y(value) + 4} textAnchor="end" {...text}>
            {value}
          </text>
        </g>
      ))}
      {ticks.map((lag) => (
        <text key={lag} x={at.x(lag)} y={height - 4} textAnchor={lag === upper ? 'end' : 'middle'} {...text}>
          {lag}
        </text>
      ))}
      {[0.1, -0.1].map((value) => (
        <line
          key={value}
          x1={frame.left}
          x2={width - frame.right}
          y1={at.y(value)}
          y2={at.y(value)}
          stroke="var(--mantine-color-dimmed)"
          strokeDasharray="4 4"
        />
      ))}
    </>
  );
}

export default function AutocorrelationChart({ length }: { readonly length: SequenceLength }) {
  const { t } = useTranslation('labels');
  const { ref, width: measured } = useElementSize();
  const [pointed, setPointed] = useState<number | null>(null);
  const width = Math.max(220, measured);
  const { autocorrelation, surrogateLow, surrogateHigh, upper, lastSignificantLag } = length;
  const at = useMemo(() => scales(width, upper), [width, upper]);
  const paths = useMemo(
    () => ({ band: bandBetween(surrogateLow, surrogateHigh, at), curve: lineThrough(autocorrelation, at) }),
    [autocorrelation, surrogateLow, surrogateHigh, at],
  );
  const point = (event: PointerEvent<SVGSVGElement>) =>
    setPointed(at.lagAt(event.clientX - event.currentTarget.getBoundingClientRect().left));
  return (
    <div ref={ref} data-testid="autocorrelation-chart">
      <svg
        width={width}
        height={height}
        style={{ display: 'block', maxWidth: '100%' }}
        role="img"
        aria-label={t('plotLabel', { upper })}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      >
        <path d={paths.band} fill={band} fillOpacity={0.35} />
        <Axes at={at} upper={upper} width={width} />
        {lastSignificantLag > 0 && (
          <>
            <line
              x1={at.x(lastSignificantLag)}
              x2={at.x(lastSignificantLag)}
              y1={frame.top}
              y2={height - frame.bottom}
              stroke={curve}
              strokeOpacity={0.6}
            />
            <text x={at.x(lastSignificantLag) + 4} y={frame.top + 12} fontSize={11} fill={curve}>
              {lastSignificantLag}
            </text>
          </>
        )}
        <path d={paths.curve} fill="none" stroke={curve} strokeWidth={1.6} />
        {pointed !== null && (
          <>
            <circle cx={at.x(pointed)} cy={at.y(autocorrelation[pointed - 1] ?? 0)} r={3} fill={curve} />
            <text x={width - frame.right} y={frame.top + 12} textAnchor="end" fontSize={12} fill="var(--mantine-color-text)">
              {`${t('plotLag')} ${pointed}: ${(autocorrelation[pointed - 1] ?? 0).toFixed(3)} (${(surrogateLow[pointed - 1] ?? 0).toFixed(3)} … ${(surrogateHigh[pointed - 1] ?? 0).toFixed(3)})`}
            </text>
          </>
        )}
      </svg>
      <Legend />
    </div>
  );
}
