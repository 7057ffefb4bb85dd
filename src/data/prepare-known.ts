/** Data for a model that is trained already: features in its training's scale, classes by its thresholds, a window at every bar that has one. */
import { StudioError } from '../lib/errors.ts';
import { type Bars, barsFrom } from './bars.ts';
import type { Dataset } from './dataset.ts';
import { volatility as volatilityOf } from './features/indicators.ts';
import { type FeatureName, featureNames, featureTable, warmUpBars } from './features/table.ts';
import type { DataConfig } from './fields.ts';
import { countGaps } from './interval.ts';
import { classesUnder, futureReturns } from './labels.ts';
import type { PreparedSummary } from './prepared.ts';
import { writeScaled } from './scaler.ts';

export interface KnownData {
  /** Scaled and clipped, row-major `[N, F]`. */
  readonly features: Float32Array;
  /** −1 where the future is missing. `[N]` */
  readonly classes: Int8Array;
  /** Log return over the horizon, NaN where missing. `[N]` */
  readonly returns: Float64Array;
  /** volatility20 of each row, log return. `[N]` */
  readonly volatility: Float64Array;
  /** Bars after the warm-up. */
  readonly bars: Bars;
  /** Rows (0…N−1) that end a whole window, oldest first: those without a future too. */
  readonly rows: Int32Array;
}

const isFeature = (name: string): name is FeatureName => featureNames.some((known) => known === name);

/**
 * @param config data settings of the training
 * @param known what the training's data came to
 * @throws StudioError `too-few-bars`, `bad-value`, or `unknown-setting` for a feature that this studio does not have
 */
export function prepareKnown(dataset: Dataset, config: DataConfig, known: PreparedSummary): KnownData {
  const intervalMs = dataset.summary.intervalSeconds * 1000;
  const time = known.sequenceLength.value;
  const count = dataset.bars.time.length - warmUpBars;
  if (count < time) throw new StudioError('too-few-bars', { bars: dataset.bars.time.length, needed: warmUpBars + time });
  const bars = barsFrom(dataset.bars, warmUpBars);
  const columns = known.featureNames.length;
  const features = new Float32Array(count * columns);
  known.featureNames.forEach((name, column) => {
    if (!isFeature(name)) throw new StudioError('unknown-setting', { path: `data.${name}`, known: featureNames.join(', ') });
    const values = featureTable[name](dataset.bars).subarray(warmUpBars);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new StudioError('bad-value', { name, line: bars.line[bad] as number });
    const scale = { mean: known.scaler.mean[column] as number, deviation: known.scaler.deviation[column] as number };
    writeScaled(values, scale, features, column, columns);
  });
  const returns = futureReturns(bars, config.horizon, intervalMs, config.labelsAcrossGaps);
  const volatility = volatilityOf(dataset.bars).subarray(warmUpBars);
  const classes = classesUnder(known.labels, bars, returns, volatility, config);
  const gaps = config.gapPolicy === 'drop' ? countGaps(bars.time, intervalMs, config.gapIntervals) : null;
  const whole = (row: number): boolean => !gaps || gaps[row] === gaps[row - time + 1];
  const rows = Int32Array.from({ length: count - time + 1 }, (_, index) => index + time - 1).filter(whole);
  return { features, classes, returns, volatility, bars, rows };
}
