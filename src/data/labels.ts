/** Return and class of each row (SPEC 1.4): 0 down, 1 flat, 2 up. A row whose future is missing has no label; it is never called flat. */
import type { Bars } from './bars.ts';
import type { DataConfig } from './fields.ts';
import { countGaps, sessionGapIntervals } from './interval.ts';
import type { LabelRule } from './prepared.ts';
import { fitScale } from './scaler.ts';

/** ln(C_{t+h}/C_t); NaN for the last h rows and, unless `acrossGaps`, where a step on the way closes a session. `[N]` */
export function futureReturns(bars: Pick<Bars, 'time' | 'close'>, horizon: number, intervalMs: number, acrossGaps = false): Float64Array {
  const { close, time } = bars;
  const gaps = countGaps(time, intervalMs, acrossGaps ? Number.POSITIVE_INFINITY : sessionGapIntervals);
  const returns = new Float64Array(close.length).fill(Number.NaN);
  for (let row = 0; row + horizon < close.length; row++) {
    if (gaps[row + horizon] === gaps[row]) returns[row] = Math.log((close[row + horizon] as number) / (close[row] as number));
  }
  return returns;
}

/** The value below which `share` of the values lie, by linear interpolation between neighbours (as numpy.quantile). `sorted` ascending. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (place - below);
}

export interface Labels {
  /** −1 where the future is missing. `[N]` */
  readonly classes: Int8Array;
  readonly rule: LabelRule;
}

/**
 * Classes of all rows; thresholds and the unit of the return come from the rows in `training` alone.
 * @param volatility σ_t of each row: volatility20, unscaled
 */
export function labelRows(bars: Bars, returns: Float64Array, volatility: Float64Array, training: Int32Array, config: DataConfig): Labels {
  const trainingReturns = Float64Array.from(training, (row) => returns[row] as number);
  const returnDeviation = fitScale(trainingReturns, 0, trainingReturns.length - 1).deviation;
  const [lower, upper] = fixedThresholds(trainingReturns, config);
  const rule: LabelRule = { rule: config.labelRule, lower, upper, returnDeviation };
  return { classes: classifyRows(bars, returns, volatility, rule, config), rule };
}

/** Classes of all rows under a rule whose thresholds are known; −1 where the future is missing. `[N]` */
export function classifyRows(bars: Bars, returns: Float64Array, volatility: Float64Array, rule: LabelRule, config: DataConfig): Int8Array {
  const { lower, upper } = rule;
  const width = (config.labelRule === 'triple-barrier' ? config.barrierFactor : config.volatilityFactor) * Math.sqrt(config.horizon);
  const classes = new Int8Array(returns.length).fill(-1);
  for (let row = 0; row < returns.length; row++) {
    const change = returns[row] as number;
    if (Number.isNaN(change)) continue;
    if (lower !== null && upper !== null) classes[row] = classify(change, lower, upper, config.labelRule === 'quantile');
    else {
      const distance = width * (volatility[row] as number);
      classes[row] =
        config.labelRule === 'triple-barrier'
          ? firstBarrier(bars, row, config.horizon, distance)
          : classify(change, -distance, distance, false);
    }
  }
  return classes;
}

function fixedThresholds(trainingReturns: Float64Array, config: DataConfig): [number, number] | [null, null] {
  if (config.labelRule === 'quantile') {
    const sorted = trainingReturns.slice().sort();
    return [quantile(sorted, config.lowerQuantile), quantile(sorted, config.upperQuantile)];
  }
  const threshold = config.thresholdBasisPoints / 10_000;
  return config.labelRule === 'basis-points' ? [-threshold, threshold] : [null, null];
}

/** Quantiles: (r > q1) + (r > q2). Symmetric thresholds count their own value as flat on both sides. */
const classify = (change: number, lower: number, upper: number, half: boolean): number =>
  change > upper ? 2 : (half ? change > lower : change >= lower) ? 1 : 0;

/** The barrier at ±`distance` that the next bars touch first; both in one bar, or none: flat. */
function firstBarrier({ high, low, close }: Bars, row: number, horizon: number, distance: number): number {
  const start = close[row] as number;
  const top = start * Math.exp(distance);
  const bottom = start * Math.exp(-distance);
  for (let next = row + 1; next <= row + horizon; next++) {
    const touchesTop = (high[next] as number) >= top;
    const touchesBottom = (low[next] as number) <= bottom;
    if (touchesTop || touchesBottom) return touchesTop && touchesBottom ? 1 : touchesTop ? 2 : 0;
  }
  return 1;
}
