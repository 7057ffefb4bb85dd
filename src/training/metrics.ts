/** Scores of a set of predictions in float64: what the charts, the tables and the exports call accuracy, F1, error and information coefficient. */
import type { Calibration, Confusion } from './run.ts';

/** What a model said about `count` windows, and what happened. */
export interface Predictions {
  readonly count: number;
  /** Direction logits, row-major `[count, 3]`. */
  readonly logits: Float32Array;
  /** Predicted return in training standard deviations. `[count]` */
  readonly returns: Float32Array;
  /** Actual class: 0 down, 1 flat, 2 up. `[count]` */
  readonly classes: Int8Array;
  /** Actual log return over the horizon. `[count]` */
  readonly actualReturns: Float64Array;
}

export interface PredictionMetrics {
  readonly accuracy: number;
  /** Mean recall over the classes that occur. */
  readonly balancedAccuracy: number;
  /** Mean F1 over the three classes; a class without actual and predicted rows counts 0. */
  readonly macroF1: number;
  /** Mean absolute error of the return in basis points. */
  readonly mae: number;
  /** Spearman's rank correlation of predicted and actual return; 0 where it is undefined. */
  readonly informationCoefficient: number;
}

const classCount = 3;
const basisPoints = 1e4;
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Index of the first largest of three logits: the class that is predicted. */
export function predictedClass(logits: Float32Array, row: number): 0 | 1 | 2 {
  const first = logits[row * classCount] as number;
  const second = logits[row * classCount + 1] as number;
  const third = logits[row * classCount + 2] as number;
  if (third > first && third > second) return 2;
  return second > first ? 1 : 0;
}

/** 1 where the predicted class is the actual one. `[count]` */
export function hitsOf(predictions: Predictions): Uint8Array {
  return Uint8Array.from({ length: predictions.count }, (_, row) =>
    predictedClass(predictions.logits, row) === predictions.classes[row] ? 1 : 0,
  );
}

const calibrationBins = 10;

/** How far the stated probabilities can be believed (see `Calibration`); bins without predictions have count 0. */
export function calibrationOf(predictions: Predictions): Calibration {
  const bins = Array.from({ length: calibrationBins }, () => ({ count: 0, confidence: 0, accuracy: 0 }));
  const { count, logits, classes } = predictions;
  for (let row = 0; row < count; row++) {
    const predicted = predictedClass(logits, row);
    const largest = logits[row * classCount + predicted] as number;
    let sum = 0;
    for (let c = 0; c < classCount; c++) sum += Math.exp((logits[row * classCount + c] as number) - largest);
    const confidence = 1 / sum;
    const bin = bins[Math.min(calibrationBins - 1, Math.floor(confidence * calibrationBins))];
    // Logits that are not numbers have no confidence.
    if (!bin) continue;
    bin.count++;
    bin.confidence += confidence;
    bin.accuracy += predicted === classes[row] ? 1 : 0;
  }
  const means = bins.map((bin) => ({
    count: bin.count,
    confidence: ratio(bin.confidence, bin.count),
    accuracy: ratio(bin.accuracy, bin.count),
  }));
  const error = means.reduce((sum, bin) => sum + (bin.count / Math.max(1, count)) * Math.abs(bin.accuracy - bin.confidence), 0);
  return { bins: means, error };
}

/**
 * All scores of one part of the data.
 * @param returnDeviation unit of the scaled return (standard deviation of the training returns, log return).
 */
export function scorePredictions(
  predictions: Predictions,
  returnDeviation: number,
): { readonly metrics: PredictionMetrics; readonly confusion: number[] } {
  const { count, logits, returns, classes, actualReturns } = predictions;
  const confusion = new Array<number>(classCount * classCount).fill(0);
  const expected = new Float64Array(count);
  let absoluteError = 0;
  for (let row = 0; row < count; row++) {
    const cell = (classes[row] as number) * classCount + predictedClass(logits, row);
    confusion[cell] = (confusion[cell] as number) + 1;
    expected[row] = (returns[row] as number) * returnDeviation;
    absoluteError += Math.abs((expected[row] as number) - (actualReturns[row] as number));
  }
  const metrics = {
    ...scoreConfusion(confusion),
    mae: ratio(absoluteError * basisPoints, count),
    informationCoefficient: rankCorrelation(expected, actualReturns.subarray(0, count)),
  };
  return { metrics, confusion };
}

/** Accuracy, balanced accuracy and macro F1 of a confusion matrix (rows actual, columns predicted). */
export function scoreConfusion(confusion: Confusion): Pick<PredictionMetrics, 'accuracy' | 'balancedAccuracy' | 'macroF1'> {
  const at = (actual: number, predicted: number): number => confusion[actual * classCount + predicted] ?? 0;
  const indices = [0, 1, 2];
  const actual = indices.map((c) => at(c, 0) + at(c, 1) + at(c, 2));
  const predicted = indices.map((c) => at(0, c) + at(1, c) + at(2, c));
  const right = indices.map((c) => at(c, c));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const recalls = indices.filter((c) => actual[c] !== 0).map((c) => ratio(right[c] as number, actual[c] as number));
  const f1 = indices.map((c) => ratio(2 * (right[c] as number), (actual[c] as number) + (predicted[c] as number)));
  return {
    accuracy: ratio(sum(right), sum(actual)),
    balancedAccuracy: ratio(sum(recalls), recalls.length),
    macroF1: sum(f1) / classCount,
  };
}

/** The one class that every prediction names, or null where there are several (or no rows). */
export function collapsedClass(confusion: Confusion): 0 | 1 | 2 | null {
  const used = ([0, 1, 2] as const).filter((c) => (confusion[c] ?? 0) + (confusion[3 + c] ?? 0) + (confusion[6 + c] ?? 0) > 0);
  return used.length === 1 ? (used[0] ?? null) : null;
}

/** Whether a model predicts one class only. */
export function isCollapsed(confusion: Confusion): boolean {
  return collapsedClass(confusion) !== null;
}

/** Ranks from 1, ties sharing the average of their places. */
function averageRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++;
    for (let place = start; place < end; place++) ranks[order[place] as number] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

/** Spearman's correlation: Pearson's of the average ranks. 0 where a side is constant, too short or not finite. */
export function rankCorrelation(left: Float64Array, right: Float64Array): number {
  const count = left.length;
  if (count < 2 || !left.every(Number.isFinite) || !right.every(Number.isFinite)) return 0;
  const [leftRanks, rightRanks] = [averageRanks(left), averageRanks(right)];
  const mean = (count + 1) / 2;
  let [product, leftSquare, rightSquare] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [x, y] = [(leftRanks[i] as number) - mean, (rightRanks[i] as number) - mean];
    product += x * y;
    leftSquare += x * x;
    rightSquare += y * y;
  }
  return leftSquare === 0 || rightSquare === 0 ? 0 : product / Math.sqrt(leftSquare * rightSquare);
}

/** Counts by actual class (rows) and predicted class (columns), `[9]`. @param logits `[count, 3]` */
export function confusionOf(logits: Float32Array, classes: Int8Array): number[] {
  const confusion = new Array<number>(classCount * classCount).fill(0);
  classes.forEach((actual, row) => {
    const cell = actual * classCount + predictedClass(logits, row);
    confusion[cell] = (confusion[cell] as number) + 1;
  });
  return confusion;
}

/** `Σ |predicted − actual|` */
export const absoluteErrorOf = (predicted: Float32Array, actual: Float32Array): number =>
  actual.reduce((sum, value, row) => sum + Math.abs((predicted[row] as number) - value), 0);

/** Mean absolute error in basis points from a sum of absolute errors of the scaled return. */
export const meanAbsoluteError = (absoluteError: number, count: number, returnDeviation: number): number =>
  ratio(absoluteError, count) * returnDeviation * basisPoints;
