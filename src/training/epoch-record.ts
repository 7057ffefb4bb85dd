/** What the charts and tables get of one step and of one epoch. */
import type { Prepared } from '../data/prepared.ts';
import type { Engine } from './engine.ts';
import { type EpochTally, lossMetrics, tallyMetrics, withPrefix } from './epoch-tally.ts';
import type { Evaluation } from './evaluate.ts';
import { blockLengthFor, bootstrapInterval } from './interval.ts';
import { calibrationOf, hitsOf, meanAbsoluteError, scoreConfusion, scorePredictions } from './metrics.ts';
import type { EpochRecord, Metrics } from './run.ts';
import type { StepOutcome } from './step-outcome.ts';

/** Losses and quick scores of one batch, under `train/` and `optimizer/`. */
export function stepMetrics(engine: Engine, prepared: Prepared, outcome: StepOutcome): Metrics {
  const { returnDeviation } = prepared.summary.labels;
  return {
    ...lossMetrics('train', outcome, engine.training, outcome.load.length > 0),
    ...blockAuxiliaries('train', outcome.auxiliaries),
    'train/accuracy': scoreConfusion(outcome.confusion).accuracy,
    'train/mae': meanAbsoluteError(outcome.absoluteError, outcome.batch.rows.length, returnDeviation),
    'optimizer/learningRate': outcome.learningRate,
    'optimizer/gradientNorm': outcome.gradientNorm,
  };
}

/** Auxiliary loss of each block, counted from 0; nothing where the model has none. */
const blockAuxiliaries = (prefix: string, auxiliaries: readonly number[]): Metrics =>
  Object.fromEntries(auxiliaries.map((value, block) => [`${prefix}/auxiliary/block${block}`, value]));

/** Of each block on the validation part, counted from 0 as the blocks' weights are. */
const routerMetrics = ({ routers }: Evaluation): Metrics => ({
  ...blockAuxiliaries(
    'validation',
    routers.map(({ auxiliary }) => auxiliary),
  ),
  ...Object.fromEntries(routers.map(({ entropy }, block) => [`validation/routerEntropy/block${block}`, entropy])),
});

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
    ...routerMetrics(evaluation),
    'optimizer/learningRate': learningRate,
  };
  return {
    epoch,
    metrics,
    confusion: { train: trained.confusion, validation: validated.confusion },
    validationAccuracy: bootstrapInterval(hitsOf(evaluation.predictions), block, engine.training.seed),
    calibration: calibrationOf(evaluation.predictions),
    elapsedMs,
    endedAt: Date.now(),
    ...(evaluation.load.length > 0 ? { expertLoad: trained.load } : {}),
  };
}
