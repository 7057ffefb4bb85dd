/** From a data set and a configuration to everything that training needs: features, labels, windows, and the summary of how they came about. */
import { StudioError } from '../lib/errors.ts';
import { type Bars, barsFrom } from './bars.ts';
import type { Dataset } from './dataset.ts';
import { volatility as volatilityOf } from './features/indicators.ts';
import { enabledFeatures, type FeatureName, featureTable, warmUpBars } from './features/table.ts';
import type { DataConfig } from './fields.ts';
import { countGaps } from './interval.ts';
import { futureReturns, labelRows } from './labels.ts';
import { type Part, type PartSummary, type Prepared, type PreparedSummary, parts, type Scaler, type SequenceLength } from './prepared.ts';
import { fitScale, writeScaled } from './scaler.ts';
import { findSequenceLength, longestSequence } from './sequence-length.ts';
import { shuffleLabels } from './shuffled-labels.ts';
import { type Candidates, emptyPart, findWindows, foldWindows, type PartWindows, splitWindows } from './split.ts';

type Counts = [number, number, number];
type Warning = PreparedSummary['warnings'][number];

const smallClass = 0.1;
const largeClass = 0.6;
const fewTrainingWindows = 1000;

/**
 * @param chooseLength a preset's T from the automatic one; `config.sequenceLength` wins over it where it is above 0
 * @throws StudioError `no-features`, `too-few-bars`, `no-windows`, `one-class-only` or `bad-value`
 */
export function prepare(dataset: Dataset, config: DataConfig, chooseLength: (automatic: number) => number): Prepared {
  const names = enabledFeatures(config);
  if (names.length === 0) throw new StudioError('no-features');
  const intervalMs = dataset.summary.intervalSeconds * 1000;
  const usable = dropWarmUp(dataset.bars);
  const sequenceLength = chooseSequenceLength(usable, config, chooseLength);
  const returns = futureReturns(usable, config.horizon, intervalMs, config.labelsAcrossGaps);
  const gaps = config.gapPolicy === 'drop' ? countGaps(usable.time, intervalMs, config.gapIntervals) : null;
  const candidates = findWindows(returns, gaps, {
    sequenceLength: sequenceLength.value,
    horizon: config.horizon,
    maxWindows: config.maxWindows,
  });
  const { windows, purged } = split(candidates.rows, config);
  requireWindows(windows, candidates, usable.time.length, sequenceLength.value, config.horizon);

  const rules = labelRows(usable, returns, volatilityOf(dataset.bars).subarray(warmUpBars), windows.train, config);
  const labels = config.shuffleLabels ? { ...rules, ...shuffleLabels(rules.classes, returns, windows) } : { ...rules, returns };
  const { features, scaler } = buildFeatures(dataset.bars, names, windows.train, sequenceLength.value);
  const partSummaries = summarizeParts(windows, labels.classes, usable.time);
  const trainingClasses = partSummaries.train.classes;
  if (trainingClasses.filter((count) => count > 0).length < 2) throw new StudioError('one-class-only', { rule: config.labelRule });
  const summary: PreparedSummary = {
    datasetId: dataset.summary.id,
    featureNames: names,
    scaler,
    labels: labels.rule,
    sequenceLength,
    usableBars: usable.time.length,
    warmUpBars,
    possibleWindows: candidates.possible,
    dropped: { acrossGap: candidates.acrossGap, withoutFuture: candidates.withoutFuture, purged, older: candidates.older },
    parts: partSummaries,
    classWeights: weightClasses(trainingClasses),
    warnings: findWarnings(trainingClasses),
  };
  const lastMoves = featureTable.logReturn(dataset.bars).slice(warmUpBars);
  return { summary, features, classes: labels.classes, returns: labels.returns, lastMoves, time: usable.time, windows };
}

/**
 * One split by shares, or one fold of a walk-forward evaluation.
 * @throws StudioError `invalid-setting` for a fold that does not exist
 */
function split(rows: Int32Array, config: DataConfig): { windows: PartWindows; purged: number } {
  if (config.folds === 0) return splitWindows(rows, config);
  const { folds, fold, foldMode: mode, horizon, embargo } = config;
  const windows = foldWindows(rows, { folds, mode, horizon, embargo })[fold];
  if (!windows) throw new StudioError('invalid-setting', { path: 'data.fold', value: fold, range: `0…${folds - 1}` });
  return { windows, purged: rows.length - windows.train.length - windows.validation.length - windows.test.length };
}

/** @throws StudioError `too-few-bars` when not even a window of ten remains */
function dropWarmUp(bars: Bars): Bars {
  const count = bars.time.length - warmUpBars;
  if (longestSequence(count) < 10) throw new StudioError('too-few-bars', { bars: bars.time.length, needed: warmUpBars + 40 });
  return barsFrom(bars, warmUpBars);
}

function chooseSequenceLength(usable: Bars, config: DataConfig, chooseLength: (automatic: number) => number): SequenceLength {
  const found = findSequenceLength(usable.close, Math.floor(config.trainShare * usable.close.length + 1e-9));
  const value = config.sequenceLength > 0 ? config.sequenceLength : Math.max(1, Math.round(chooseLength(found.automatic)));
  return { ...found, value };
}

/** @throws StudioError `too-few-bars` when the bars cannot hold windows at all, `no-windows` when a part stays empty */
function requireWindows(windows: PartWindows, candidates: Candidates, bars: number, length: number, horizon: number): void {
  const part = emptyPart(windows);
  if (!part) return;
  if (candidates.possible < 3)
    throw new StudioError('too-few-bars', { bars: bars + warmUpBars, needed: warmUpBars + length + horizon + 29 });
  throw new StudioError('no-windows', { part, sequenceLength: length });
}

/** Scaled features `[N, F]`; one column at a time, so that a million bars never hold all of them in double precision. */
function buildFeatures(
  bars: Bars,
  names: readonly FeatureName[],
  training: Int32Array,
  sequenceLength: number,
): { features: Float32Array; scaler: Scaler } {
  const count = bars.time.length - warmUpBars;
  const features = new Float32Array(count * names.length);
  const first = (training[0] as number) - sequenceLength + 1;
  const last = training[training.length - 1] as number;
  const scales = names.map((name, column) => {
    const values = featureTable[name](bars).subarray(warmUpBars);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new StudioError('bad-value', { name, line: bars.line[bad + warmUpBars] as number });
    const scale = fitScale(values, first, last);
    writeScaled(values, scale, features, column, names.length);
    return scale;
  });
  return { features, scaler: { mean: scales.map(({ mean }) => mean), deviation: scales.map(({ deviation }) => deviation) } };
}

function summarizeParts(windows: PartWindows, classes: Int8Array, time: Float64Array): Record<Part, PartSummary> {
  const summarize = (rows: Int32Array): PartSummary => {
    const counts: Counts = [0, 0, 0];
    for (const row of rows) counts[classes[row] as 0 | 1 | 2]++;
    return {
      windows: rows.length,
      firstTime: time[rows[0] ?? -1] ?? 0,
      lastTime: time[rows[rows.length - 1] ?? -1] ?? 0,
      classes: counts,
    };
  };
  return Object.fromEntries(parts.map((part) => [part, summarize(windows[part])])) as Record<Part, PartSummary>;
}

/** n / (3·n_c); a class without windows never appears in the loss and gets 0. */
function weightClasses(counts: Readonly<Counts>): Counts {
  const total = counts[0] + counts[1] + counts[2];
  return counts.map((count) => (count === 0 ? 0 : total / (3 * count))) as Counts;
}

function findWarnings(counts: Readonly<Counts>): Warning[] {
  const total = counts[0] + counts[1] + counts[2];
  const warnings: Warning[] = [];
  counts.forEach((count, index) => {
    const parameters = { class: index, windows: count, share: count / total };
    if (count < smallClass * total) warnings.push({ code: 'small-class', parameters });
    if (count > largeClass * total) warnings.push({ code: 'one-sided', parameters });
  });
  if (total < fewTrainingWindows) warnings.push({ code: 'few-windows', parameters: { windows: total } });
  return warnings;
}
