/** What an epoch collects of its steps: predictions as they were made, and losses weighted by windows. Plain data, so that a checkpoint can hold it. */
import type { TrainingConfig } from './fields.ts';
import { type LossParts, totalLoss } from './losses.ts';
import { scorePredictions } from './metrics.ts';
import type { Confusion, Metrics } from './run.ts';
import type { StepOutcome } from './step-outcome.ts';

export interface EpochTally {
  count: number;
  readonly logits: number[];
  readonly returns: number[];
  readonly classes: number[];
  readonly actualReturns: number[];
  /** Sums over windows. */
  classLoss: number;
  returnLoss: number;
  auxiliary: number;
  gradientNorm: number;
  readonly load: number[];
}

export const emptyTally = (): EpochTally => ({
  count: 0,
  logits: [],
  returns: [],
  classes: [],
  actualReturns: [],
  classLoss: 0,
  returnLoss: 0,
  auxiliary: 0,
  gradientNorm: 0,
  load: [],
});

/** Adds one step; changes the tally in place. */
export function addStep(tally: EpochTally, outcome: StepOutcome): void {
  const { batch } = outcome;
  const windows = batch.rows.length;
  tally.count += windows;
  for (const value of outcome.logits) tally.logits.push(value);
  for (const value of outcome.returns) tally.returns.push(value);
  for (const value of batch.classes) tally.classes.push(value);
  for (const value of batch.returns) tally.actualReturns.push(value);
  tally.classLoss += outcome.classLoss * windows;
  tally.returnLoss += outcome.returnLoss * windows;
  tally.auxiliary += outcome.auxiliary * windows;
  tally.gradientNorm += outcome.gradientNorm * windows;
  outcome.load.forEach((value, expert) => {
    tally.load[expert] = (tally.load[expert] ?? 0) + value * windows;
  });
}

/** Loss and its parts under a prefix; the auxiliary loss only where the model has one. */
export function lossMetrics(prefix: string, parts: LossParts, config: TrainingConfig, routed: boolean): Metrics {
  const metrics = {
    [`${prefix}/loss`]: totalLoss(parts, config),
    [`${prefix}/classLoss`]: parts.classLoss,
    [`${prefix}/returnLoss`]: parts.returnLoss,
  };
  return routed ? { ...metrics, [`${prefix}/auxiliary`]: parts.auxiliary } : metrics;
}

export const withPrefix = (prefix: string, metrics: object): Metrics =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [`${prefix}/${name}`, value as number]));

/** Mean losses and scores of the epoch so far, under `train/`. */
export function tallyMetrics(
  tally: EpochTally,
  deviation: number,
  config: TrainingConfig,
): { metrics: Metrics; confusion: Confusion; load: number[] } {
  const n = Math.max(1, tally.count);
  const predictions = {
    count: tally.count,
    logits: Float32Array.from(tally.logits),
    returns: Float32Array.from(tally.returns),
    classes: Int8Array.from(tally.classes),
    actualReturns: Float64Array.from(tally.actualReturns),
  };
  const { metrics, confusion } = scorePredictions(predictions, deviation);
  const parts = { classLoss: tally.classLoss / n, returnLoss: tally.returnLoss / n, auxiliary: tally.auxiliary / n };
  return {
    metrics: {
      ...lossMetrics('train', parts, config, tally.load.length > 0),
      ...withPrefix('train', metrics),
      'optimizer/gradientNorm': tally.gradientNorm / n,
    },
    confusion,
    load: tally.load.map((value) => value / n),
  };
}
