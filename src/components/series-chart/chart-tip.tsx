/** What every curve shows at the place under the pointer: its newest value there, even where it has no point. */
import { type ChartBand, type ChartLine, valueAt } from './chart-line.ts';
import classes from './series-chart.module.css';

interface Props {
  readonly at: number;
  readonly lines: readonly ChartLine[];
  readonly band: ChartBand | undefined;
  readonly formatValue: (value: number) => string;
  readonly formatAt: (at: number) => string;
}

export function ChartTip({ at, lines, band, formatValue, formatAt }: Props) {
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
