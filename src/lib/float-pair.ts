/** Doubles as two floats each: files and stores of tensors hold 32-bit values, and a price or a time needs more. */

export interface FloatPair {
  readonly high: Float32Array;
  readonly low: Float32Array;
}

/** `high + low` gives 48 bits of each value back: a time in ms exactly, a price to 14 digits. */
export function splitFloats(values: Float64Array): FloatPair {
  const high = Float32Array.from(values);
  return { high, low: Float32Array.from(values, (value, i) => value - (high[i] as number)) };
}

export const joinFloats = ({ high, low }: FloatPair): Float64Array => Float64Array.from(high, (value, i) => value + (low[i] as number));
