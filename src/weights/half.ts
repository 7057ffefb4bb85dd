/** Sixteen-bit floats as bits: IEEE binary16, and bfloat16, which is the upper half of a float32. */

/** The nearest binary16 of each value, ties to even; where a finite value is beyond the largest (65504), its index instead. */
export function toHalf(values: Float32Array): Uint16Array | number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const half = halfOf(bits[i] as number);
    if ((half & 0x7fff) === 0x7c00 && Number.isFinite(values[i])) return i;
    halves[i] = half;
  }
  return halves;
}

/** @param bits of a float32 @returns bits of the binary16; infinite where it does not fit */
function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 0xff) return sign | (fraction === 0 ? 0x7c00 : 0x7e00);
  const scaled = exponent - 112;
  if (scaled >= 31) return sign | 0x7c00;
  // Below 2^−14 the leading one is written out and moves right; below 2^−25 nothing is left.
  if (scaled < -10) return sign;
  const significand = scaled > 0 ? fraction | (scaled << 23) : fraction | 0x800000;
  const dropped = scaled > 0 ? 13 : 14 - scaled;
  const kept = significand >>> dropped;
  const rest = significand & ((1 << dropped) - 1);
  const middle = 1 << (dropped - 1);
  // A carry out of the fraction goes into the exponent, which is just what rounding up means.
  return sign | (kept + (rest > middle || (rest === middle && (kept & 1) === 1) ? 1 : 0));
}

/** Every binary16 is a float32. */
export function fromHalf(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** Every bfloat16 is a float32. */
export function fromBrain(values: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(values, (value) => value << 16).buffer);
}
