/** Works out the survey of a prepared data set: other rules, other gap policies, the features among one another. */
import { type Bars, barsFrom } from './bars.ts';
import type { Dataset } from './dataset.ts';
import { volatility as volatilityOf } from './features/indicators.ts';
import { surveyFeatures } from './features/survey-features.ts';
import { type DataConfig, dataFields } from './fields.ts';
import { histogramOf } from './histogram.ts';
import { countGaps, sessionGapIntervals } from './interval.ts';
import { futureReturns, labelRows, quantile } from './labels.ts';
import { type Part, type Prepared, parts } from './prepared.ts';
import { findWindows, foldWindows, type PartWindows } from './split.ts';
import type { RuleBalance, Stretch, Survey, Survivors } from './survey.ts';

const returnBins = 60;
/** Gap policies that are always counted: none, no gap at all, a few bars, a session. */
const policies = [null, 1, 5, sessionGapIntervals] as const;

/** @param prepared `prepare` of the same data set and configuration */
export function surveyData(dataset: Dataset, prepared: Prepared, config: DataConfig): Survey {
  const { summary, windows } = prepared;
  const usable = barsFrom(dataset.bars, summary.warmUpBars);
  const intervalMs = dataset.summary.intervalSeconds * 1000;
  const sigma = volatilityOf(dataset.bars).subarray(summary.warmUpBars);
  const returns = futureReturns(usable, config.horizon, intervalMs, config.labelsAcrossGaps);
  const training = Float64Array.from(windows.train, (row) => returns[row] as number);
  return {
    survivors: countSurvivors(usable, intervalMs, summary.sequenceLength.value, config),
    rules: balanceRules(usable, returns, sigma, windows, config),
    returns: histogramOf(training, returnBins),
    usualThreshold: usualThreshold(sigma, windows.train, config),
    ...surveyFeatures(prepared),
    folds: config.folds > 0 ? stretchFolds(usable, returns, intervalMs, summary.sequenceLength.value, config) : [],
  };
}

function countSurvivors(bars: Bars, intervalMs: number, sequenceLength: number, config: DataConfig): Survivors[] {
  const { horizon, gapPolicy, gapIntervals } = config;
  const within = futureReturns(bars, horizon, intervalMs, false);
  const across = futureReturns(bars, horizon, intervalMs, true);
  const asked = new Set<number | null>([...policies, ...(gapPolicy === 'drop' ? [gapIntervals] : [])]);
  return [...asked]
    .sort((a, b) => (b ?? Number.POSITIVE_INFINITY) - (a ?? Number.POSITIVE_INFINITY))
    .map((intervals) => {
      const gaps = intervals === null ? null : countGaps(bars.time, intervalMs, intervals);
      const count = (returns: Float64Array) => findWindows(returns, gaps, { sequenceLength, horizon, maxWindows: 0 }).rows.length;
      return { intervals, windows: count(within), windowsAcross: count(across) };
    });
}

function balanceRules(bars: Bars, returns: Float64Array, sigma: Float64Array, windows: PartWindows, config: DataConfig): RuleBalance[] {
  return dataFields.labelRule.options.map(({ value }) => {
    const { classes, rule } = labelRows(bars, returns, sigma, windows.train, { ...config, labelRule: value });
    const countPart = (part: Part): [number, number, number] => {
      const counts: [number, number, number] = [0, 0, 0];
      for (const row of windows[part]) counts[classes[row] as 0 | 1 | 2]++;
      return counts;
    };
    return { rule: value, lower: rule.lower, upper: rule.upper, classes: byPart(countPart) };
  });
}

const byPart = <V>(of: (part: Part) => V): Record<Part, V> => Object.fromEntries(parts.map((part) => [part, of(part)])) as Record<Part, V>;

function usualThreshold(sigma: Float64Array, training: Int32Array, config: DataConfig): number | null {
  const factor = { volatility: config.volatilityFactor, 'triple-barrier': config.barrierFactor }[config.labelRule as string];
  if (factor === undefined) return null;
  const sorted = Float64Array.from(training, (row) => sigma[row] as number).sort();
  return factor * Math.sqrt(config.horizon) * quantile(sorted, 0.5);
}

function stretchFolds(bars: Bars, returns: Float64Array, intervalMs: number, sequenceLength: number, config: DataConfig): Survey['folds'] {
  const { horizon, embargo, folds, foldMode: mode, maxWindows, gapPolicy, gapIntervals } = config;
  const gaps = gapPolicy === 'drop' ? countGaps(bars.time, intervalMs, gapIntervals) : null;
  const { rows } = findWindows(returns, gaps, { sequenceLength, horizon, maxWindows });
  const stretch = (own: Int32Array): Stretch => ({
    windows: own.length,
    firstTime: bars.time[own[0] ?? -1] ?? 0,
    lastTime: bars.time[own[own.length - 1] ?? -1] ?? 0,
  });
  return foldWindows(rows, { folds, mode, horizon, embargo }).map((fold) => byPart((part) => stretch(fold[part])));
}
