/** Answers to windows beside the loaded bars that they are about. */
import type { Bars } from '../data/bars.ts';
import { probabilitiesOf } from '../lib/class-probabilities.ts';
import type { TimedAnswers } from '../training/newest-answers.ts';
import type { PredictedBars } from '../training/prediction.ts';

/** Answers about bars that are not there are left out: a person may have loaded the same file with other choices since. */
export function predictedBars({ time, logits, classes }: TimedAnswers, bars: Bars): PredictedBars {
  const rowOf = new Map(Array.from(bars.time, (at, row) => [at, row]));
  const kept = Array.from(time, (_, index) => index).filter((index) => rowOf.has(time[index] as number));
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(kept, (index) => column[rowOf.get(time[index] as number) as number] as number);
  return {
    time: pick(bars.time),
    open: pick(bars.open),
    high: pick(bars.high),
    low: pick(bars.low),
    close: pick(bars.close),
    probabilities: probabilitiesOf(Float32Array.from(kept.flatMap((index) => [...logits.subarray(3 * index, 3 * index + 3)]))),
    classes: Int8Array.from(kept, (index) => classes[index] as number),
  };
}
