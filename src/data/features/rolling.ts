/**
 * Moving averages and deviations over a fixed number of bars. Each window is summed anew: with at most 60 bars that is fast enough for
 * millions, and unlike running sums or differences of prefix sums it neither drifts nor loses digits on flat stretches.
 * Values before the first full window are NaN.
 */

/** Simple average of the last `length` values. */
export function simpleAverage(values: Float64Array, length: number): Float64Array {
  const averages = new Float64Array(values.length).fill(Number.NaN);
  for (let i = length - 1; i < values.length; i++) {
    let sum = 0;
    for (let j = i - length + 1; j <= i; j++) sum += values[j] as number;
    averages[i] = sum / length;
  }
  return averages;
}

/** Population standard deviation of the last `length` values, about their own average (two passes). */
export function rollingDeviation(values: Float64Array, length: number): Float64Array {
  const averages = simpleAverage(values, length);
  const deviations = new Float64Array(values.length).fill(Number.NaN);
  for (let i = length - 1; i < values.length; i++) {
    const average = averages[i] as number;
    let sum = 0;
    for (let j = i - length + 1; j <= i; j++) {
      const difference = (values[j] as number) - average;
      sum += difference * difference;
    }
    deviations[i] = Math.sqrt(sum / length);
  }
  return deviations;
}
