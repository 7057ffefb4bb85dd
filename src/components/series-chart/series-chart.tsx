/** A chart of curves over epochs: the steps light, the epochs strong, an optional band behind them. Draws what it is given, nothing more. */
import { memo } from 'react';
import { newestValue } from './chart-line.ts';
import { ChartPlot, type ChartPlotProps } from './chart-plot.tsx';
import classes from './series-chart.module.css';

interface Props extends Omit<ChartPlotProps, 'height'> {
  readonly id: string;
  readonly title: string;
  /** Said in place of a chart without points. */
  readonly empty: string;
  /** Of the plot, in pixels. */
  readonly height?: number;
}

/** A titled figure: legend with the newest values above, the plot below. Redraws only when its props change. */
export const SeriesChart = memo(function SeriesChart({ id, title, empty, height = 200, ...plot }: Props) {
  const { band, formatValue } = plot;
  const shown = plot.lines.filter((line) => line.steps.length > 0 || line.epochs.length > 0);
  return (
    <figure className={classes.figure} data-testid={`chart-${id}`} aria-label={title}>
      <figcaption className={classes.header}>
        <span className={classes.title}>{title}</span>
        <span className={classes.legend}>
          {shown.map((line) => (
            <span key={line.id} className={classes.entry}>
              <span className={classes.swatch} style={{ background: line.color }} />
              <span>{line.label}</span>
              <span className={classes.value}>{formatValue(newestValue(line) ?? Number.NaN)}</span>
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
        <ChartPlot {...plot} lines={shown} height={height} />
      )}
    </figure>
  );
});
