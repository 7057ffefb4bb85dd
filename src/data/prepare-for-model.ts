/** A data set as a trained model wants it: its features in its order, scaled by its scaler, in windows of its length up to the newest bar. */
import { StudioError } from '../lib/errors.ts';
import { type Bars, barsFrom } from './bars.ts';
import type { Dataset } from './dataset.ts';
import { volatility as volatilityOf } from './features/indicators.ts';
import { type FeatureName, featureTable, warmUpBars } from './features/table.ts';
import type { DataConfig } from './fields.ts';
import { countGaps } from './interval.ts';
import { classesUnder, futureReturns } from './labels.ts';
import type { LabelRule, Scaler } from './prepared.ts';
import { writeScaled } from './scaler.ts';

/** What a model remembers of the data it was trained on. */
export interface ModelData {
  readonly featureNames: readonly string[];
  readonly scaler: Scaler;
  readonly sequenceLength: number;
  readonly labels: LabelRule;
  readonly config: DataConfig;
}

export interface PreparedForModel {
  /** Scaled and clipped features, row-major `[N, F]`. */
  readonly features: Float32Array;
  /** Row (in 0…N−1) of each window's last bar, oldest first; windows across long gaps are left out where the model's gap policy says so. */
  readonly windows: Int32Array;
  readonly acrossGap: number;
  /** Bars after the warm-up. */
  readonly bars: Bars;
  /** volatility20 of each row, log return. `[N]` */
  readonly volatility: Float64Array;
  /** Class of each row, −1 where the future is not known. `[N]` */
  readonly classes: Int8Array;
  /** Log return over the horizon, NaN where the future is not known. `[N]` */
  readonly returns: Float64Array;
}

function isFeature(name: string): name is FeatureName {
  return Object.hasOwn(featureTable, name);
}

/** @throws StudioError `too-few-bars`, `bad-value`, or `invalid-weights` with reason `unknown-feature` */
export function prepareForModel(dataset: Dataset, model: ModelData): PreparedForModel {
  const { sequenceLength, config } = model;
  const usable = barsFrom(dataset.bars, Math.min(warmUpBars, dataset.bars.time.length));
  const count = usable.time.length;
  if (count < sequenceLength)
    throw new StudioError('too-few-bars', { bars: dataset.bars.time.length, needed: warmUpBars + sequenceLength });
  const intervalMs = dataset.summary.intervalSeconds * 1000;
  const returns = futureReturns(usable, config.horizon, intervalMs, config.labelsAcrossGaps);
  const volatility = volatilityOf(dataset.bars).subarray(warmUpBars);
  const classes = classesUnder(model.labels, usable, returns, volatility, config);
  const gaps = config.gapPolicy === 'drop' ? countGaps(usable.time, intervalMs, config.gapIntervals) : null;
  const all = Int32Array.from({ length: count - sequenceLength + 1 }, (_, i) => i + sequenceLength - 1);
  const windows = gaps ? all.filter((row) => gaps[row] === gaps[row - sequenceLength + 1]) : all;
  const features = buildFeatures(dataset, model, count);
  return { features, windows, acrossGap: all.length - windows.length, bars: usable, volatility, classes, returns };
}

function buildFeatures({ bars }: Dataset, { featureNames, scaler }: ModelData, count: number): Float32Array {
  const features = new Float32Array(count * featureNames.length);
  featureNames.forEach((name, column) => {
    if (!isFeature(name)) throw new StudioError('invalid-weights', { reason: 'unknown-feature', name });
    const values = featureTable[name](bars).subarray(warmUpBars);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new StudioError('bad-value', { name, line: bars.line[bad + warmUpBars] as number });
    const scale = { mean: scaler.mean[column] as number, deviation: scaler.deviation[column] as number };
    writeScaled(values, scale, features, column, featureNames.length);
  });
  return features;
}
