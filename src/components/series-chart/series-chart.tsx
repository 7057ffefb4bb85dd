/** A chart of curves: the steps light, the epochs strong, an optional band behind them. Draws what it is given, nothing more. */
import { memo, type ReactNode, useMemo, useSyncExternalStore } from 'react';
import { frameOf } from './chart-frame.ts';
import { type ChartLine, lineValueAt, newestValue } from './chart-line.ts';
import { ChartPlot, type ChartPlotProps } from './chart-plot.tsx';
import { type ChartLink, plainView } from './chart-view.ts';
import classes from './series-chart.module.css';

interface Props extends Omit<ChartPlotProps, 'height'> {
  readonly id: string;
  readonly title: string;
  /** Drawn in place of the title, where it explains itself. */
  readonly heading?: ReactNode;
  /** Said in place of a chart without points. */
  readonly empty: string;
  /** Of the plot, in pixels. */
  readonly height?: number;
  /** Buttons at the right edge of the title. */
  readonly actions?: ReactNode;
  /** The plot is drawn later: its place is kept. */
  readonly waiting?: boolean;
  /** What is said about points that the axes leave out. */
  readonly describeHidden?: ((outside: number, unloggable: number) => string) | undefined;
}

const nothing = () => () => {};

/** The values at the place under the pointer, else the newest. */
function Legend({ lines, band, formatValue, link }: Pick<Props, 'lines' | 'band' | 'formatValue' | 'link'>) {
  const at = useSyncExternalStore(link?.subscribe ?? nothing, () => link?.hovered() ?? null);
  const written = (line: ChartLine) => (at === null ? newestValue(line) : lineValueAt(line, at));
  return (
    <span className={classes.legend}>
      {lines.map((line) => {
        const value = written(line);
        return (
          <span key={line.id} className={classes.entry} data-legend={line.label}>
            <span className={classes.swatch} style={{ background: line.color }} />
            <span>{line.label}</span>
            <span className={classes.value}>{value === undefined ? '–' : formatValue(value)}</span>
          </span>
        );
      })}
      {lines.length > 0 && band && (
        <span className={classes.entry}>
          <span className={classes.bandSwatch} />
          <span>{band.label}</span>
          <span className={classes.value}>{formatValue(band.value)}</span>
        </span>
      )}
    </span>
  );
}

/** A titled figure: legend with values above, the plot below. Redraws only when its props change. */
export const SeriesChart = memo(function SeriesChart({
  id,
  title,
  heading,
  empty,
  height = 200,
  actions,
  waiting = false,
  describeHidden,
  ...plot
}: Props) {
  const { band, formatValue, link, view = plainView, zoom = null, fromZero = false, start = 0 } = plot;
  const shown = useMemo(() => plot.lines.filter((line) => line.steps.length > 0 || line.epochs.length > 0), [plot.lines]);
  const hides = view.hideOutliers || view.logX || view.logY;
  const hidden = useMemo(() => {
    if (!hides || waiting || !describeHidden) return '';
    const { outside, unloggable } = frameOf(shown, { view, zoom, fromZero, band, start });
    return outside + unloggable > 0 ? describeHidden(outside, unloggable) : '';
  }, [hides, waiting, describeHidden, shown, view, zoom, fromZero, band, start]);
  return (
    <figure className={classes.figure} data-testid={`chart-${id}`} aria-label={title}>
      <figcaption className={classes.header}>
        <span className={classes.title}>{heading ?? title}</span>
        {actions && <span className={classes.actions}>{actions}</span>}
        <Legend lines={shown} band={band} formatValue={formatValue} link={link as ChartLink | undefined} />
      </figcaption>
      {waiting ? (
        <div style={{ height }} />
      ) : shown.length === 0 ? (
        <div className={classes.empty} style={{ height }}>
          {empty}
        </div>
      ) : (
        <ChartPlot {...plot} lines={shown} height={height} />
      )}
      {hidden !== '' && (
        <div className={classes.hidden} data-testid={`hidden-${id}`}>
          {hidden}
        </div>
      )}
    </figure>
  );
});
