/** The numbers of one run as the comparison shows them. */
import { strongestBaseline, verdictOf } from '../../training/groups.ts';
import type { EpochRecord, RunSummary, Score } from '../../training/run.ts';

export interface RunScores {
  /** The epoch whose weights are kept, or the newest while there is none. */
  readonly epoch: EpochRecord | undefined;
  readonly validationLoss: number | undefined;
  readonly validationAccuracy: number | undefined;
  readonly validationInterval: Score | undefined;
  readonly testAccuracy: Score | undefined;
  /** The following four are of the test part where it was measured, else of the validation part. */
  readonly part: 'test' | 'validation';
  readonly balancedAccuracy: number | undefined;
  readonly macroF1: number | undefined;
  /** Basis points. */
  readonly mae: number | undefined;
  readonly informationCoefficient: number | undefined;
  /** The test interval lies above that of the strongest baseline; null before there is one. */
  readonly beatsBaselines: boolean | null;
}

export function runScores(run: RunSummary): RunScores {
  const epoch = run.epochs.find((record) => record.epoch === run.bestEpoch) ?? run.epochs.at(-1);
  const part = run.test ? 'test' : 'validation';
  const metrics = run.test?.metrics ?? epoch?.metrics ?? {};
  const strongest = strongestBaseline(run.baselines);
  return {
    epoch,
    validationLoss: epoch?.metrics['validation/loss'],
    validationAccuracy: epoch?.metrics['validation/accuracy'],
    validationInterval: epoch?.validationAccuracy,
    testAccuracy: run.test?.accuracy,
    part,
    balancedAccuracy: metrics[`${part}/balancedAccuracy`],
    macroF1: metrics[`${part}/macroF1`],
    mae: metrics[`${part}/mae`],
    informationCoefficient: metrics[`${part}/informationCoefficient`],
    beatsBaselines: run.test && strongest ? verdictOf(run.test.accuracy, strongest.test) === 'above' : null,
  };
}
