/**
 * Every random number of the studio comes from here: a seeded stream for order, initial weights and mixup,
 * and a counter-based hash for dropout, whose value depends on its coordinates alone and so can be recomputed.
 */

/** A stream of numbers in [0, 1). Its whole state is one 32-bit word, so a checkpoint can hold it. */
export interface RandomStream {
  (): number;
  /** Current state; assign it to continue from a checkpoint. */
  state: number;
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, period 2^32. */
export function createRandom(seed: number): RandomStream {
  const draw = (() => {
    draw.state = (draw.state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(draw.state ^ (draw.state >>> 15), draw.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }) as RandomStream;
  draw.state = seed >>> 0;
  return draw;
}

/** 32-bit finaliser with full avalanche ("lowbias32", Chris Wellons, public domain); the same integer operations exist in WGSL. */
export function hash32(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** One word from several: the seed of a named stream ("order", epoch 3) or of one dropout layer at one step. */
export function deriveSeed(seed: number, ...coordinates: readonly (number | string)[]): number {
  let state = hash32(seed ^ 0x9e3779b9);
  for (const coordinate of coordinates) {
    if (typeof coordinate === 'number') {
      state = hash32(state ^ hash32(coordinate + 0x9e3779b9));
      continue;
    }
    for (let i = 0; i < coordinate.length; i++) state = hash32(state ^ hash32(coordinate.charCodeAt(i) + 0x85ebca6b));
  }
  return state;
}

/** Uniform in [0, 1) at a coordinate of a seeded field; 24 bits, so that the value is exact in float32. */
export function uniformAt(seed: number, index: number): number {
  return (hash32(seed ^ hash32(index)) >>> 8) / 16777216;
}

/** Fisher–Yates, in place. */
export function shuffle(items: Int32Array, random: () => number): Int32Array {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = items[i] as number;
    items[i] = items[j] as number;
    items[j] = kept;
  }
  return items;
}

/** Standard normal by Box–Muller; two draws a value. */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Gamma(shape, 1) by Marsaglia and Tsang (2000); shapes under 1 by their boost. */
export function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Beta(a, b) as a ratio of two gammas. With tiny shapes both can underflow to 0: then a fair coin, their limit. */
export function beta(a: number, b: number, random: () => number): number {
  const x = gamma(a, random);
  const y = gamma(b, random);
  if (x + y === 0) return random() < a / (a + b) ? 1 : 0;
  return x / (x + y);
}
