/** The drawn part of a chart: axes, band, curves and what follows the pointer. */
import { useId, useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { thin } from '../../lib/thin.ts';
import { type ChartBand, type ChartLine, epochTicks } from './chart-line.ts';
import { ChartTip } from './chart-tip.tsx';
import { mergeLines } from './merge-lines.ts';

export interface ChartPlotProps {
  readonly lines: readonly ChartLine[];
  readonly band?: ChartBand | undefined;
  /** A place worth a vertical line, e.g. the best epoch. */
  readonly mark?: { readonly at: number; readonly label: string } | undefined;
  readonly formatValue: (value: number) => string;
  /** Text of a place on the horizontal axis, e.g. `epoch 3.5`. */
  readonly formatAt: (at: number) => string;
  /** The value axis begins at 0 instead of the lowest value. */
  readonly fromZero?: boolean;
  /** In pixels. */
  readonly height: number;
}

const tick = { fill: 'var(--chart-text)' };
const shared = { connectNulls: true, isAnimationActive: false, type: 'linear', dot: false } as const;
/** More epochs than this are drawn without dots. */
const dottedUpTo = 40;
/** A chart is some 500 pixels wide: a lowest and a highest point for every three of them. */
const drawnPoints = 300;

function stepCurve(line: ChartLine) {
  if (line.steps.length === 0) return null;
  const id = `${line.id}:steps`;
  // Light behind the epochs, but all there is to see before the first of them.
  const opacity = line.epochs.length === 0 ? 0.8 : line.steps.length < 100 ? 0.45 : 0.25;
  return <Line key={id} dataKey={id} stroke={line.color} strokeOpacity={opacity} strokeWidth={1} activeDot={false} {...shared} />;
}

/** @param marker id of the dot on each epoch */
function epochCurve(line: ChartLine, marker: string) {
  if (line.epochs.length === 0) return null;
  const dot = !line.plain && line.epochs.length <= dottedUpTo ? `url(#${marker})` : undefined;
  const activeDot = { r: 4, strokeWidth: 0, fill: line.color };
  const id = `${line.id}:epochs`;
  const markers = dot ? { markerStart: dot, markerMid: dot, markerEnd: dot } : {};
  return <Line key={id} dataKey={id} stroke={line.color} strokeWidth={2} activeDot={activeDot} {...markers} {...shared} />;
}

/**
 * Dots as line markers. The chart library's own dots are one element for each row of the shared table, those of the steps
 * included, and took most of the time of a redraw.
 */
function DotMarker({ id, color }: { readonly id: string; readonly color: string }) {
  return (
    <marker id={id} viewBox="-4 -4 8 8" markerWidth={7} markerHeight={7} markerUnits="userSpaceOnUse">
      <circle r={3} fill={color} />
    </marker>
  );
}

function bandShapes({ low, value, high }: ChartBand) {
  return [
    <ReferenceArea key="band" y1={low} y2={high} fill="var(--chart-band)" fillOpacity={1} stroke="none" ifOverflow="extendDomain" />,
    <ReferenceLine key="value" y={value} stroke="var(--chart-band-line)" strokeDasharray="4 3" ifOverflow="extendDomain" />,
  ];
}

/** Each curve thinned to what can be seen, and all of them as rows. */
function useRows(lines: readonly ChartLine[]) {
  return useMemo(() => {
    const drawn = lines.map((line) => ({ ...line, steps: thin(line.steps, drawnPoints), epochs: thin(line.epochs, drawnPoints) }));
    const rows = mergeLines(
      drawn.flatMap((line) => [
        { id: `${line.id}:steps`, points: line.steps },
        { id: `${line.id}:epochs`, points: line.epochs },
      ]),
    );
    return { drawn, rows };
  }, [lines]);
}

export function ChartPlot({ lines, band, mark, formatValue, formatAt, fromZero = false, height }: ChartPlotProps) {
  const markerId = useId();
  const { drawn, rows } = useRows(lines);
  const end = Math.max(1, Math.ceil(rows.at(-1)?.at ?? 1));
  const axis = { tickLine: false, tick, fontSize: 11 } as const;
  return (
    <LineChart responsive style={{ width: '100%', height }} data={rows} margin={{ top: 6, right: 10, bottom: 0, left: 0 }}>
      <CartesianGrid stroke="var(--chart-grid)" vertical={false} />
      <XAxis
        {...axis}
        dataKey="at"
        type="number"
        domain={[0, end]}
        ticks={epochTicks(end)}
        stroke="var(--chart-axis)"
        interval="preserveStartEnd"
        height={20}
      />
      <YAxis {...axis} width="auto" domain={[fromZero ? 0 : 'auto', 'auto']} tickFormatter={formatValue} axisLine={false} tickCount={5} />
      {band && bandShapes(band)}
      {mark && (
        <ReferenceLine
          x={mark.at}
          stroke="var(--chart-axis)"
          strokeDasharray="2 3"
          label={{
            value: mark.label,
            position: mark.at > end * 0.8 ? 'insideTopRight' : 'insideTopLeft',
            fill: 'var(--chart-text)',
            fontSize: 11,
          }}
        />
      )}
      <defs>
        {drawn.map((line, index) => (
          <DotMarker key={line.id} id={`${markerId}-${index}`} color={line.color} />
        ))}
      </defs>
      {drawn.map(stepCurve)}
      {drawn.map((line, index) => epochCurve(line, `${markerId}-${index}`))}
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--chart-axis)' }}
        content={({ active, label }) =>
          active && label !== undefined ? (
            <ChartTip at={Number(label)} lines={lines} band={band} formatValue={formatValue} formatAt={formatAt} />
          ) : null
        }
      />
    </LineChart>
  );
}
