/** Places of marks on an axis: round numbers inside a range, evenly apart or, on a logarithmic axis, by powers of ten. */

/** About `count` multiples of 1, 2 or 5 times a power of ten within `[low, high]`. */
export function linearTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Divided instead of multiplied where the step is below one: 3 × 0.1 is not 0.3.
  return Array.from({ length: last - first + 1 }, (_, index) => {
    // Not −0.
    const multiple = first + index + 0;
    return step < 1 ? multiple / Math.round(1 / step) : multiple * step;
  });
}

/** Powers of ten within `[low, high]`, with 2 and 5 times them where there are few. Both ends above 0. */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0) || !(high > low)) return [low];
  const decades = Math.log10(high / low);
  const factors = decades > 4 ? [1] : decades > 1.2 ? [1, 3] : [1, 2, 3, 5, 7];
  const every = Math.max(1, Math.ceil(decades / 6));
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    if (decades > 6 && power % every !== 0) continue;
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`);
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) ticks.push(value);
    }
  }
  return ticks.length >= 2 ? ticks : linearTicks(low, high, 4);
}
