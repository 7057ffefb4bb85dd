/** What the charts and tables get of one step and of one epoch. */
import type { Prepared } from '../data/prepared.ts';
import type { Batch } from './batch.ts';
import type { Engine } from './engine.ts';
import { type EpochTally, lossMetrics, tallyMetrics, withPrefix } from './epoch-tally.ts';
import type { Evaluation } from './evaluate.ts';
import { blockLengthFor, bootstrapInterval } from './interval.ts';
import { hitsOf, scorePredictions } from './metrics.ts';
import type { EpochRecord, Metrics } from './run.ts';
import type { StepOutcome } from './step.ts';

/** Losses and quick scores of one batch, under `train/` and `optimizer/`. */
export function stepMetrics(engine: Engine, prepared: Prepared, batch: Batch, outcome: StepOutcome, learningRate: number): Metrics {
  const predictions = {
    count: batch.rows.length,
    logits: outcome.logits,
    returns: outcome.returns,
    classes: batch.classes,
    actualReturns: batch.returns,
  };
  const { metrics } = scorePredictions(predictions, prepared.summary.labels.returnDeviation);
  return {
    ...lossMetrics('train', outcome, engine.training, outcome.load.length > 0),
    'train/accuracy': metrics.accuracy,
    'train/mae': metrics.mae,
    'optimizer/learningRate': learningRate,
    'optimizer/gradientNorm': outcome.gradientNorm,
  };
}

/**
 * Scores of training and validation.
 * @param tally what the epoch's steps collected
 * @param elapsedMs milliseconds of training so far, without pauses
 */
export function recordEpoch(
  engine: Engine,
  prepared: Prepared,
  epoch: number,
  tally: EpochTally,
  evaluation: Evaluation,
  learningRate: number,
  elapsedMs: number,
): EpochRecord {
  const deviation = prepared.summary.labels.returnDeviation;
  const trained = tallyMetrics(tally, deviation, engine.training);
  const validated = scorePredictions(evaluation.predictions, deviation);
  const block = blockLengthFor(evaluation.predictions.count, engine.horizon);
  const metrics = {
    ...trained.metrics,
    ...lossMetrics('validation', evaluation, engine.training, evaluation.load.length > 0),
    ...withPrefix('validation', validated.metrics),
    'optimizer/learningRate': learningRate,
  };
  return {
    epoch,
    metrics,
    confusion: { train: trained.confusion, validation: validated.confusion },
    validationAccuracy: bootstrapInterval(hitsOf(evaluation.predictions), block, engine.training.seed),
    elapsedMs,
    ...(evaluation.load.length > 0 ? { expertLoad: trained.load } : {}),
  };
}
