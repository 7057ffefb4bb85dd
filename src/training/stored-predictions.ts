/** What a run answered to its test windows, as tensors: `prediction.logits` `[n, 3]`, `.return` (in basis points), `.actual` (basis points), `.class` and `.row` `[n]`. */
import type { Prepared } from '../data/prepared.ts';
import { splitFloats } from '../lib/float-pair.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import type { Evaluation } from './evaluate.ts';

const basisPoints = 1e4;

/** `prediction.time` and `.timeLow` are the closing bar's time in ms as a pair of floats. */
export function storePredictions({ summary, windows, time }: Prepared, { predictions }: Evaluation): NamedTensor[] {
  const { count, logits, returns, classes, actualReturns } = predictions;
  const deviation = summary.labels.returnDeviation;
  const times = splitFloats(Float64Array.from(windows.test, (row) => time[row] as number));
  const vector = (name: string, data: Float32Array): NamedTensor => ({ name: `prediction.${name}`, shape: [count], data });
  return [
    { name: 'prediction.logits', shape: [count, 3], data: logits },
    vector(
      'return',
      returns.map((value) => value * deviation * basisPoints),
    ),
    vector(
      'actual',
      Float32Array.from(actualReturns, (value) => value * basisPoints),
    ),
    vector('class', Float32Array.from(classes)),
    vector('time', times.high),
    vector('timeLow', times.low),
  ];
}
