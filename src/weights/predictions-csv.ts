/** `predictions.csv`: what a run answered to each test window, and what happened. */
import { likeliest, probabilitiesOf } from '../lib/class-probabilities.ts';
import { joinFloats } from '../lib/float-pair.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import { csvText } from './csv-text.ts';
import { classNames, isoTime } from './run-facts.ts';

/**
 * Columns: time (of the window's last bar, UTC as written), probabilityDown, -Flat, -Up, predictedClass, predictedReturnBp,
 * actualClass, actualReturnBp.
 * @param tensors a run's `prediction.*`
 */
export function predictionsCsv(tensors: readonly NamedTensor[]): string {
  const of = (name: string): Float32Array => tensors.find((tensor) => tensor.name === `prediction.${name}`)?.data ?? new Float32Array();
  const [logits, returns, actual, classes] = [of('logits'), of('return'), of('actual'), of('class')];
  const times = joinFloats({ high: of('time'), low: of('timeLow') });
  const head = [
    'time',
    'probabilityDown',
    'probabilityFlat',
    'probabilityUp',
    'predictedClass',
    'predictedReturnBp',
    'actualClass',
    'actualReturnBp',
  ];
  const round = (value: number | undefined): number => Number((value ?? Number.NaN).toPrecision(7));
  const shares = probabilitiesOf(logits);
  const rows = Array.from(times, (time, row) => {
    return [
      isoTime(time),
      ...[0, 1, 2].map((c) => round(shares[3 * row + c])),
      classNames[likeliest(shares, 3 * row)],
      round(returns[row]),
      classNames[classes[row] as 0 | 1 | 2],
      round(actual[row]),
    ];
  });
  return csvText([head, ...rows]);
}
