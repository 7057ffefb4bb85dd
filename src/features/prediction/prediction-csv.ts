/** Predictions as CSV, one line a bar. */
import { type Prediction, predictedAt } from '../../training/prediction.ts';

const header = 'time,close,p_down,p_flat,p_up,predicted,predicted_return_bp,actual,actual_return_bp,seen_in_training';
const names = ['down', 'flat', 'up'] as const;
const basisPoints = 1e4;

/** Where the future is not known, the actual columns are empty. */
export function predictionCsv(prediction: Prediction): string {
  const { time, close, probabilities, returns, classes, actualReturns, seenUntil } = prediction;
  const lines = Array.from(time, (at, row) => {
    const actual = classes[row] as number;
    const change = actualReturns[row] as number;
    return [
      new Date(at).toISOString(),
      close[row],
      ...Array.from(probabilities.subarray(row * 3, row * 3 + 3), (value) => value.toFixed(6)),
      names[predictedAt(prediction, row)],
      ((returns[row] as number) * basisPoints).toFixed(4),
      actual < 0 ? '' : names[actual as 0 | 1 | 2],
      Number.isNaN(change) ? '' : (change * basisPoints).toFixed(4),
      at <= seenUntil ? 1 : 0,
    ].join(',');
  });
  return `${[header, ...lines].join('\n')}\n`;
}
