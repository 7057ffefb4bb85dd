/** Numbers of a fixed sequence for weights and inputs of benches: the same for every contender and every run. */
import { createRandom, normal } from '../../src/lib/random.ts';

/** `count` standard-normal values times `scale`. */
export function normals(count: number, seed: number, scale = 1): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: count }, () => scale * normal(random));
}

/** `count` class numbers under `classes`. */
export function classNumbers(count: number, classes: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => (i * 7 + 1) % classes);
}

/** One-hot rows of the class numbers, `[count, classes]`. */
export function oneHotRows(count: number, classes: number): Float32Array {
  const rows = new Float32Array(count * classes);
  classNumbers(count, classes).forEach((c, i) => {
    rows[i * classes + c] = 1;
  });
  return rows;
}
