/**
 * The drawn part of a chart: axes, band, curves, and what follows the pointer. Axes and layout are Recharts'; the curves are own paths,
 * for its lines are one object a point and row, which fifty runs would not bear.
 */
import { memo, useId, useMemo } from 'react';
import { CartesianGrid, LineChart, usePlotArea, XAxis, YAxis } from 'recharts';
import { linearTicks, logTicks } from '../../lib/ticks.ts';
import { type Curve, curvesOf, pathOf, scaleOf } from './chart-curves.ts';
import { type Frame, frameOf } from './chart-frame.ts';
import type { ChartBand, ChartLine } from './chart-line.ts';
import { ChartPointer } from './chart-pointer.tsx';
import { type ChartLink, type ChartView, plainView, type Stretch } from './chart-view.ts';
import { textWidth } from './text-width.ts';

export interface ChartPlotProps {
  readonly lines: readonly ChartLine[];
  readonly band?: ChartBand | undefined;
  /** A place worth a vertical line, e.g. the best epoch. */
  readonly mark?: { readonly at: number; readonly label: string } | undefined;
  readonly formatValue: (value: number) => string;
  /** Text of a place on the horizontal axis, e.g. `epoch 3.5`. */
  readonly formatAt: (at: number) => string;
  /** Text of a mark on the horizontal axis; without it the number. */
  readonly formatTick?: ((at: number) => string) | undefined;
  /** Marks on the horizontal axis stand on whole numbers. */
  readonly wholeTicks?: boolean | undefined;
  /** The value axis begins at 0 instead of the lowest value. */
  readonly fromZero?: boolean;
  /** Marks of the value axis are round in this unit (1024² for megabytes). */
  readonly valueUnit?: ((high: number) => number) | undefined;
  /** Where the horizontal axis begins; null: at the first point. */
  readonly start?: number | null;
  readonly view?: ChartView | undefined;
  readonly link?: ChartLink | undefined;
  readonly zoom?: Stretch | null | undefined;
  /** Called with the stretch that was dragged over, or null after a double click. */
  readonly onZoom?: ((stretch: Stretch | null) => void) | undefined;
  /** In pixels. */
  readonly height: number;
}

const fontSize = 11;
/** Between the words of the value axis and the plot, in pixels. */
const tickGap = 12;
const tick = { fill: 'var(--chart-text)' };

interface LayerProps {
  readonly frame: Frame;
  readonly view: ChartView;
}

/** Curves, band and mark, in the pixels of the plot area. */
function Layer({
  frame,
  view,
  curves,
  band,
  mark,
}: LayerProps & Pick<ChartPlotProps, 'band' | 'mark'> & { readonly curves: readonly Curve[] }) {
  const area = usePlotArea();
  const id = useId();
  const paths = useMemo(() => {
    if (!area) return [];
    const x = scaleOf(frame.x, area.x, area.x + area.width, view.logX);
    const y = scaleOf(frame.y, area.y + area.height, area.y, view.logY);
    return curves.map((curve) => ({ ...curve, path: pathOf(curve.points, x, y) }));
  }, [area, frame, view, curves]);
  if (!area) return null;
  const x = scaleOf(frame.x, area.x, area.x + area.width, view.logX);
  const y = scaleOf(frame.y, area.y + area.height, area.y, view.logY);
  const markAt = mark && mark.at >= frame.x[0] && mark.at <= frame.x[1] ? x(mark.at) : null;
  const bandTop = band && y(band.high);
  const bandBottom = band && (view.logY && band.low <= 0 ? area.y + area.height : y(band.low));
  return (
    <>
      <clipPath id={`${id}-clip`}>
        <rect x={area.x} y={area.y - 3} width={area.width + 4} height={area.height + 6} />
      </clipPath>
      {band && bandTop !== undefined && bandBottom !== undefined && (
        <g clipPath={`url(#${id}-clip)`}>
          <rect x={area.x} y={bandTop} width={area.width} height={Math.max(0, bandBottom - bandTop)} fill="var(--chart-band)" />
          <line
            x1={area.x}
            x2={area.x + area.width}
            y1={y(band.value)}
            y2={y(band.value)}
            stroke="var(--chart-band-line)"
            strokeDasharray="4 3"
          />
        </g>
      )}
      {mark && markAt !== null && (
        <>
          <line x1={markAt} x2={markAt} y1={area.y} y2={area.y + area.height} stroke="var(--chart-axis)" strokeDasharray="2 3" />
          <text
            x={markAt + (markAt > area.x + area.width * 0.8 ? -4 : 4)}
            y={area.y + 10}
            textAnchor={markAt > area.x + area.width * 0.8 ? 'end' : 'start'}
            fill="var(--chart-text)"
            fontSize={11}
          >
            {mark.label}
          </text>
        </>
      )}
      <g clipPath={`url(#${id}-clip)`} fill="none" strokeLinejoin="round">
        {paths.map(({ key, color, width, opacity, dots, path, points }, index) => (
          <g key={key}>
            {(dots || points.length === 1) && (
              <marker id={`${id}-dot-${index}`} viewBox="-4 -4 8 8" markerWidth={7} markerHeight={7} markerUnits="userSpaceOnUse">
                <circle r={3} fill={color} />
              </marker>
            )}
            <path
              className="recharts-curve"
              d={points.length === 1 ? `${path}l0.01,0` : path}
              stroke={color}
              strokeWidth={width}
              strokeOpacity={opacity}
              {...(dots || points.length === 1
                ? {
                    markerStart: `url(#${id}-dot-${index})`,
                    markerMid: `url(#${id}-dot-${index})`,
                    markerEnd: `url(#${id}-dot-${index})`,
                  }
                : {})}
            />
          </g>
        ))}
      </g>
    </>
  );
}

const wholeOnly = (ticks: readonly number[], whole: boolean): number[] => (whole ? ticks.filter(Number.isInteger) : [...ticks]);

/** Draws anew only when what it is given changes. */
export const ChartPlot = memo(function ChartPlot({
  lines,
  band,
  mark,
  formatValue,
  formatAt,
  formatTick,
  wholeTicks = false,
  fromZero = false,
  valueUnit,
  start = 0,
  view = plainView,
  link,
  zoom = null,
  onZoom,
  height,
}: ChartPlotProps) {
  const frame = useMemo(() => frameOf(lines, { view, zoom, fromZero, band, start }), [lines, view, zoom, fromZero, band, start]);
  const curves = useMemo(() => curvesOf(lines, view, frame.x), [lines, view, frame.x]);
  const data = useMemo(() => frame.x.map((at, index) => ({ at, value: frame.y[index] })), [frame]);
  const marksX = view.logX ? logTicks(...frame.x) : linearTicks(...frame.x, 7);
  const whole = wholeOnly(marksX, wholeTicks && frame.x[1] - frame.x[0] > 2);
  const ticksX = whole.length > 1 ? whole : marksX;
  const unit = valueUnit?.(frame.y[1]) ?? 1;
  const ticksY = useMemo(
    () => (view.logY ? logTicks(...frame.y) : linearTicks(frame.y[0] / unit, frame.y[1] / unit, 4).map((value) => value * unit)),
    [view.logY, frame.y, unit],
  );
  const widthY = useMemo(
    () => Math.ceil(Math.max(0, ...ticksY.map((value) => textWidth(formatValue(value), fontSize)))) + tickGap,
    [ticksY, formatValue],
  );
  const axis = { tickLine: false, tick, fontSize, type: 'number', allowDataOverflow: true } as const;
  return (
    <LineChart
      responsive
      accessibilityLayer={false}
      style={{ width: '100%', height }}
      data={data}
      margin={{ top: 6, right: 12, bottom: 0, left: 0 }}
    >
      <CartesianGrid stroke="var(--chart-grid)" vertical={false} />
      <XAxis
        {...axis}
        dataKey="at"
        scale={view.logX ? 'log' : 'linear'}
        domain={[...frame.x]}
        ticks={ticksX}
        tickFormatter={formatTick ?? String}
        stroke="var(--chart-axis)"
        interval="preserveStartEnd"
        minTickGap={12}
        height={20}
      />
      <YAxis
        {...axis}
        dataKey="value"
        width={widthY}
        scale={view.logY ? 'log' : 'linear'}
        domain={[...frame.y]}
        ticks={ticksY}
        tickFormatter={formatValue}
        axisLine={false}
        interval={0}
      />
      <Layer frame={frame} view={view} curves={curves} band={band} mark={mark} />
      {link && <ChartPointer frame={frame} view={view} link={link} formatAt={formatAt} onZoom={onZoom} />}
    </LineChart>
  );
});
