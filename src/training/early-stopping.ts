/** Ends a run that no longer improves: after `patience` observations in a row without improvement. */
import type { TrainingConfig } from './fields.ts';

/** All that early stopping remembers, so that a checkpoint can hold it. */
export interface EarlyStoppingState {
  /** Best value so far; ±Infinity before the first. */
  readonly best: number;
  /** Observations since the best one. */
  readonly waited: number;
}

export interface EarlyStopping {
  /** Takes the monitored value of one epoch. NaN never improves. */
  observe(value: number): { readonly improved: boolean; readonly stop: boolean };
  state(): EarlyStoppingState;
  /** The last observation already said stop. */
  ended(): boolean;
}

/**
 * @param config `patience` 0 never stops; an improvement must exceed `minDelta`.
 * @param from state of a checkpoint to continue.
 */
export function createEarlyStopping(
  config: Pick<TrainingConfig, 'monitor' | 'patience' | 'minDelta'>,
  from?: EarlyStoppingState,
): EarlyStopping {
  const sign = config.monitor === 'loss' ? -1 : 1;
  let best = from?.best ?? -sign * Number.POSITIVE_INFINITY;
  let waited = from?.waited ?? 0;
  const ended = (): boolean => config.patience > 0 && waited >= config.patience;
  return {
    observe(value) {
      const improved = sign * value > sign * best + config.minDelta;
      if (improved) best = value;
      waited = improved ? 0 : waited + 1;
      return { improved, stop: ended() };
    },
    state: () => ({ best, waited }),
    ended,
  };
}
