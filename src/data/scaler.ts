/** Mean and standard deviation of one feature on the training bars, and the scaling of all bars by them. */

/** A deviation under this counts as 1: a constant feature becomes 0 instead of noise. */
const constant = 1e-12;
/** Scaled values are clipped here. */
export const clipAt = 10;

/** Population mean and deviation of `values[from…to]`, both ends included (two passes). */
export function fitScale(values: Float64Array, from: number, to: number): { mean: number; deviation: number } {
  const count = to - from + 1;
  let sum = 0;
  for (let i = from; i <= to; i++) sum += values[i] as number;
  const mean = sum / count;
  let squares = 0;
  for (let i = from; i <= to; i++) squares += ((values[i] as number) - mean) ** 2;
  const deviation = Math.sqrt(squares / count);
  return { mean, deviation: deviation < constant ? 1 : deviation };
}

/** Writes `(value − mean) / deviation`, clipped, to column `column` of the row-major `[N, F]` target. */
export function writeScaled(
  values: Float64Array,
  scale: { readonly mean: number; readonly deviation: number },
  target: Float32Array,
  column: number,
  columns: number,
): void {
  for (let row = 0; row < values.length; row++) {
    const scaled = ((values[row] as number) - scale.mean) / scale.deviation;
    target[row * columns + column] = Math.min(clipAt, Math.max(-clipAt, scaled));
  }
}
