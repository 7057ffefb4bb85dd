import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBrain, fromHalf, toHalf } from './half.ts';

const all = Uint16Array.from({ length: 65536 }, (_, i) => i);

test('all 65,536 halves survive the way through float32', () => {
  const back = toHalf(fromHalf(all)) as Uint16Array;
  for (const half of all) {
    const notANumber = (half & 0x7c00) === 0x7c00 && (half & 0x3ff) !== 0;
    if (notANumber) expect((back[half] as number) & 0x7fff).toBe(0x7e00);
    else if (back[half] !== half) expect(back[half]).toBe(half);
  }
});

test('every value goes to the nearest half, ties to the even one', () => {
  const finite = [...fromHalf(all.filter((half) => half < 0x7c00))];
  const nearest = (value: number): number => {
    const magnitude = Math.abs(value);
    let low = 0;
    let high = finite.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((finite[middle] as number) <= magnitude) low = middle;
      else high = middle;
    }
    const [below, above] = [magnitude - (finite[low] as number), (finite[high] as number) - magnitude];
    const chosen = below < above ? low : above < below ? high : low % 2 === 0 ? low : high;
    return value < 0 || Object.is(value, -0) ? chosen | 0x8000 : chosen;
  };
  const value = fc.oneof(
    fc.float({ min: -65504, max: 65504, noNaN: true }),
    fc.float({ min: Math.fround(-1e-4), max: Math.fround(1e-4), noNaN: true }),
    // Exactly between two neighbours.
    fc.nat(0x7bfe).map((half) => ((finite[half] as number) + (finite[half + 1] as number)) / 2),
  );
  fc.assert(
    fc.property(value, (x) => {
      expect((toHalf(Float32Array.of(x)) as Uint16Array)[0]).toBe(nearest(x));
    }),
    { numRuns: 500 },
  );
});

test('a finite value that no half holds is named by its place; infinities and NaN stay', () => {
  expect(toHalf(Float32Array.of(1, 65519, 65520))).toBe(2);
  expect(toHalf(Float32Array.of(1, -70000))).toBe(1);
  expect([...fromHalf(toHalf(Float32Array.of(Number.POSITIVE_INFINITY, Number.NaN)) as Uint16Array)]).toEqual([
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ]);
});

test('bfloat16 is the upper half of a float32', () => {
  expect([...fromBrain(Uint16Array.of(0x3f80, 0xc000, 0x7f80, 0x0001))]).toEqual([1, -2, Number.POSITIVE_INFINITY, 2 ** -133]);
});
