/** What the newest windows of a part were answered, named by their closing bars: small enough to be shown after every epoch. */
import type { Prepared } from '../data/prepared.ts';
import type { Predictions } from './metrics.ts';

export interface TimedAnswers {
  /** Opening time of the window's last bar, ms; ascending. */
  readonly time: Float64Array;
  /** `[windows, 3]` */
  readonly logits: Float32Array;
  /** What happened: 0, 1, 2. */
  readonly classes: ArrayLike<number>;
}

/** Windows at most. */
const most = 500;

/** Of the validation part, from answers that are on the host already. */
export function newestAnswers({ windows, time }: Pick<Prepared, 'windows' | 'time'>, predictions: Predictions): TimedAnswers {
  const first = Math.max(0, predictions.count - most);
  return {
    time: Float64Array.from(windows.validation.subarray(first), (row) => time[row] as number),
    logits: predictions.logits.slice(3 * first),
    classes: predictions.classes.slice(first),
  };
}
