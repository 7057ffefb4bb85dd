import { expect, test } from 'vitest';
import { pieces, tileFor } from './plan.ts';

const sizes = [1, 16, 17, 32, 33, 64, 96, 130, 144, 500, 512, 2048];

test('quads cover the rows of a product with little past its edge, four of them at most to a workgroup', () => {
  for (const m of sizes.filter((size) => size % 4 === 0)) {
    for (const n of sizes.filter((size) => size % 4 === 0)) {
      const { source, rows, across, down } = tileFor({ m, n, k: 64 }, 'quads', {});
      expect(source).toBe('quad');
      expect(across * down).toBeLessThanOrEqual(4);
      const [present, reached] = [Math.ceil(m / rows), Math.ceil(m / (rows * down)) * down];
      expect(reached).toBeLessThanOrEqual(1.125 * present);
    }
  }
});

test('wide products take wide tiles, narrow ones narrow tiles', () => {
  const columns = (n: number): number => tileFor({ m: 512, n, k: 64 }, 'quads', {}).columns;
  expect([16, 32, 48, 64, 144].map(columns)).toEqual([16, 32, 48, 32, 48]);
});

test('sizes that do not divide by four, and row sums of what is not transposed, take register tiles', () => {
  expect(tileFor({ m: 64, n: 64, k: 63 }, 'quads', {}).source).toBe('register');
  expect(tileFor({ m: 64, n: 62, k: 64 }, 'quads', {}).source).toBe('register');
  expect(tileFor({ m: 62, n: 64, k: 64 }, 'quads', { transposeA: true }).source).toBe('register');
  expect(tileFor({ m: 64, n: 64, k: 64 }, 'quads', { sum: true }).source).toBe('register');
  expect(tileFor({ m: 64, n: 64, k: 64 }, 'workgroups', {}).source).toBe('workgroup');
});

test('K is split where the tiles are few and K is long', () => {
  const few = { m: 32, n: 48, k: 16_000 };
  expect(pieces(few, tileFor(few, 'quads', {}))).toBe(62);
  const short = { m: 32, n: 48, k: 300 };
  expect(pieces(short, tileFor(short, 'quads', {}))).toBe(1);
  const many = { m: 16_000, n: 512, k: 16_000 };
  expect(pieces(many, tileFor(many, 'quads', {}))).toBe(1);
});
