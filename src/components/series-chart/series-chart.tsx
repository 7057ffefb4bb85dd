/** A chart of curves over epochs: the steps light, the epochs strong, an optional band behind them. Draws what it is given, nothing more. */
import { memo, useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { mergeLines } from './merge-lines.ts';
import classes from './series-chart.module.css';
import { type Point, thin } from './thin.ts';

/** One curve: what was measured at every step, at every epoch, or both. */
export interface ChartLine {
  readonly id: string;
  readonly label: string;
  /** Any CSS colour. */
  readonly color: string;
  readonly steps: readonly Point[];
  readonly epochs: readonly Point[];
}

/** A score with its interval, drawn as a band across the chart. */
export interface ChartBand {
  readonly label: string;
  readonly low: number;
  readonly value: number;
  readonly high: number;
}

interface Props {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly band?: ChartBand | undefined;
  readonly formatValue: (value: number) => string;
  /** Text of a place on the horizontal axis, e.g. `epoch 3.5`. */
  readonly formatAt: (at: number) => string;
  /** Said in place of a chart without points. */
  readonly empty: string;
  /** In pixels. */
  readonly height?: number;
}

/** The curve's newest value: of the last epoch, or of the last step before there is one. */
function newest(line: ChartLine): number | undefined {
  return (line.epochs.at(-1) ?? line.steps.at(-1))?.value;
}

/** The last point at or before a place, points ascending. */
function valueAt(points: readonly Point[], at: number): number | undefined {
  let from = 0;
  let to = points.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((points[middle] as Point).at <= at) from = middle + 1;
    else to = middle;
  }
  return points[from - 1]?.value;
}

interface TipProps extends Pick<Props, 'lines' | 'band' | 'formatValue' | 'formatAt'> {
  readonly at: number;
}

function ChartTip({ at, lines, band, formatValue, formatAt }: TipProps) {
  return (
    <div className={classes.tip}>
      <div className={classes.tipTitle}>{formatAt(at)}</div>
      {lines.map((line) => {
        const value = valueAt(line.epochs, at) ?? valueAt(line.steps, at);
        if (value === undefined) return null;
        return (
          <div key={line.id} className={classes.entry}>
            <span className={classes.swatch} style={{ background: line.color }} />
            <span>{line.label}</span>
            <span className={classes.value}>{formatValue(value)}</span>
          </div>
        );
      })}
      {band && (
        <div className={classes.entry}>
          <span className={classes.bandSwatch} />
          <span>{band.label}</span>
          <span className={classes.value}>{formatValue(band.value)}</span>
        </div>
      )}
    </div>
  );
}

const dotOf = (line: ChartLine) => (line.epochs.length <= 40 ? { r: line.epochs.length === 1 ? 4 : 2.5, fill: line.color, strokeWidth: 0 } : false);

/** Marks on whole epochs only, about six of them; quarters while the first epoch runs. */
function epochTicks(end: number): number[] {
  if (end <= 1) return [0, 0.25, 0.5, 0.75, 1];
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000].find((size) => end / size <= 7) ?? 50_000;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

function Plot({ lines, band, formatValue, formatAt, height }: Props) {
  const drawn = useMemo(
    () => lines.map((line) => ({ ...line, steps: thin(line.steps), epochs: thin(line.epochs) })),
    [lines],
  );
  const rows = useMemo(
    () =>
      mergeLines(
        drawn.flatMap((line) => [
          { id: `${line.id}:steps`, points: line.steps },
          { id: `${line.id}:epochs`, points: line.epochs },
        ]),
      ),
    [drawn],
  );
  const end = Math.max(1, Math.ceil(rows.at(-1)?.at ?? 1));
  return (
    <LineChart responsive style={{ width: '100%', height: height ?? 200 }} data={rows} margin={{ top: 6, right: 10, bottom: 0, left: 0 }}>
      <CartesianGrid stroke="var(--chart-grid)" vertical={false} />
      <XAxis
        dataKey="at"
        type="number"
        domain={[0, end]}
        ticks={epochTicks(end)}
        tickLine={false}
        stroke="var(--chart-axis)"
        tick={{ fill: 'var(--chart-text)' }}
        fontSize={11}
        interval="preserveStartEnd"
      />
      <YAxis
        width="auto"
        domain={['auto', 'auto']}
        tickFormatter={formatValue}
        tickLine={false}
        axisLine={false}
        tick={{ fill: 'var(--chart-text)' }}
        fontSize={11}
        tickCount={5}
      />
      {band && <ReferenceArea y1={band.low} y2={band.high} fill="var(--chart-band)" fillOpacity={1} stroke="none" ifOverflow="extendDomain" />}
      {band && <ReferenceLine y={band.value} stroke="var(--chart-band-line)" strokeDasharray="4 3" ifOverflow="extendDomain" />}
      {drawn.map((line) =>
        line.steps.length === 0 ? null : (
          <Line
            key={`${line.id}:steps`}
            dataKey={`${line.id}:steps`}
            stroke={line.color}
            strokeOpacity={0.35}
            strokeWidth={1}
            dot={line.steps.length === 1 ? { r: 2, fill: line.color, strokeWidth: 0 } : false}
            activeDot={false}
            connectNulls
            isAnimationActive={false}
            type="linear"
          />
        ),
      )}
      {drawn.map((line) =>
        line.epochs.length === 0 ? null : (
          <Line
            key={`${line.id}:epochs`}
            dataKey={`${line.id}:epochs`}
            stroke={line.color}
            strokeWidth={2}
            dot={dotOf(line)}
            activeDot={{ r: 4, strokeWidth: 0, fill: line.color }}
            connectNulls
            isAnimationActive={false}
            type="linear"
          />
        ),
      )}
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

/** A titled figure: legend with the newest values above, the plot below. Redraws only when its props change. */
export const SeriesChart = memo(function SeriesChart(props: Props) {
  const { id, title, lines, band, formatValue, empty, height = 200 } = props;
  const shown = lines.filter((line) => line.steps.length > 0 || line.epochs.length > 0);
  return (
    <figure className={classes.figure} data-testid={`chart-${id}`} aria-label={title}>
      <figcaption className={classes.header}>
        <span className={classes.title}>{title}</span>
        <span className={classes.legend}>
          {shown.map((line) => (
            <span key={line.id} className={classes.entry}>
              <span className={classes.swatch} style={{ background: line.color }} />
              <span>{line.label}</span>
              <span className={classes.value}>{formatValue(newest(line) ?? Number.NaN)}</span>
            </span>
          ))}
          {shown.length > 0 && band && (
            <span className={classes.entry}>
              <span className={classes.bandSwatch} />
              <span>{band.label}</span>
              <span className={classes.value}>{formatValue(band.value)}</span>
            </span>
          )}
        </span>
      </figcaption>
      {shown.length === 0 ? (
        <div className={classes.empty} style={{ height }}>
          {empty}
        </div>
      ) : (
        <Plot {...props} lines={shown} height={height} />
      )}
    </figure>
  );
});
