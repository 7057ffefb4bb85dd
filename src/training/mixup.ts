/** Mixup (Zhang et al. 2018): whether a batch is mixed, how much, and with which of its own rows. */
import { beta, shuffle } from '../lib/random.ts';
import type { TrainingConfig } from './fields.ts';

export interface Mixup {
  /** Share of the row itself; 1 − lambda is its partner's. */
  readonly lambda: number;
  /** Partner row of each row. `[batchSize]` */
  readonly permutation: Int32Array;
}

/** One λ ~ Beta(α, α) and one permutation for the batch, or null where this batch stays as it is. Draws nothing while mixup is off. */
export function drawMixup(
  config: Pick<TrainingConfig, 'mixup' | 'mixupAlpha' | 'mixupProbability'>,
  batchSize: number,
  random: () => number,
): Mixup | null {
  if (!config.mixup || random() >= config.mixupProbability) return null;
  const lambda = beta(config.mixupAlpha, config.mixupAlpha, random);
  const permutation = shuffle(
    Int32Array.from({ length: batchSize }, (_, row) => row),
    random,
  );
  return { lambda, permutation };
}
