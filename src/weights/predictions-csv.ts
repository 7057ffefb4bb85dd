/** `predictions.csv`: what a run answered to each test window, and what happened. */
import { joinFloats } from '../lib/float-pair.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import { csvText } from './csv-text.ts';
import { classNames, isoTime } from './run-facts.ts';

/** Softmax of three logits. */
function probabilities(logits: ArrayLike<number>, row: number): [number, number, number] {
  const z = [0, 1, 2].map((c) => logits[row * 3 + c] ?? Number.NaN) as [number, number, number];
  const top = Math.max(...z);
  const e = z.map((value) => Math.exp(value - top)) as [number, number, number];
  const sum = e[0] + e[1] + e[2];
  return [e[0] / sum, e[1] / sum, e[2] / sum];
}

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
  const rows = Array.from(times, (time, row) => {
    const shares = probabilities(logits, row);
    const predicted = shares.indexOf(Math.max(...shares));
    return [
      isoTime(time),
      ...shares.map(round),
      classNames[predicted as 0 | 1 | 2],
      round(returns[row]),
      classNames[classes[row] as 0 | 1 | 2],
      round(actual[row]),
    ];
  });
  return csvText([head, ...rows]);
}
