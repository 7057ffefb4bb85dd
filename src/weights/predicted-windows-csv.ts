/** `predictions.csv`: what a model says of each window, and what came of it where that is known. */
import { likeliest } from '../lib/class-probabilities.ts';
import { csvText } from './csv-text.ts';
import { classNames, isoTime } from './run-facts.ts';

export interface PredictedWindows {
  /** Time in ms and close of each window's last bar. `[windows]` */
  readonly time: ArrayLike<number>;
  readonly close: ArrayLike<number>;
  /** `[windows, 3]` */
  readonly probabilities: ArrayLike<number>;
  /** Log return over the horizon. `[windows]` */
  readonly returns: ArrayLike<number>;
  /** −1 and NaN where the future is not known. `[windows]` */
  readonly actualClasses: ArrayLike<number>;
  readonly actualReturns: ArrayLike<number>;
  /** 1 where the model has learned from this stretch of time. `[windows]` */
  readonly seen: ArrayLike<number>;
}

const basisPoints = 10_000;
const rounded = (value: number | undefined, digits: number): number => Number((value ?? Number.NaN).toFixed(digits));

const header = [
  ...['time', 'close', 'probability_down', 'probability_flat', 'probability_up', 'predicted_class', 'predicted_return_bp'],
  ...['actual_class', 'actual_return_bp', 'in_training'],
];

/** Rows at a time, so that the text of a million windows is never held twice. */
const pieceRows = 20_000;

export function predictedWindowsCsv(rows: PredictedWindows): ArrayBuffer {
  const encoder = new TextEncoder();
  const pieces = [encoder.encode(csvText([header]))];
  const line = (_: unknown, i: number) => [
    isoTime(rows.time[i] as number),
    rows.close[i],
    ...[0, 1, 2].map((c) => rounded(rows.probabilities[3 * i + c], 6)),
    classNames[likeliest(rows.probabilities, 3 * i)],
    rounded((rows.returns[i] as number) * basisPoints, 4),
    classNames[rows.actualClasses[i] as number],
    rounded((rows.actualReturns[i] as number) * basisPoints, 4),
    rows.seen[i],
  ];
  for (let first = 0; first < rows.time.length; first += pieceRows) {
    const count = Math.min(pieceRows, rows.time.length - first);
    pieces.push(encoder.encode(csvText(Array.from({ length: count }, (_, i) => line(_, first + i)))));
  }
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    whole.set(piece, position);
    position += piece.length;
  }
  return whole.buffer;
}
