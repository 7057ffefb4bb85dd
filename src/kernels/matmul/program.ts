/** The register-tile product as a launch. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { specialize } from '../launch/specialize.ts';
import source from './matmul.wgsl?raw';

/** Rows and columns of C that one workgroup covers. */
const covered = 64;

/**
 * @param a `[…, M, K]` or, transposed, `[…, K, M]`
 * @param b `[…, K, N]` or, transposed, `[…, N, K]`, with the same leading dimensions
 * @returns `[…, M, N]`
 */
export function multiply(a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): tf.Tensor {
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const n = transposeB ? rowsB : columnsB;
  const leading = a.shape.slice(0, -2);
  const batch = leading.reduce((product, size) => product * size, 1);
  const [c] = launch({
    program: specialize('matmul', source, { TRANSPOSE_A: transposeA, TRANSPOSE_B: transposeB }),
    inputs: [a, b],
    outputs: [[...leading, m, n]],
    uniform: [m, n, k],
    workgroups: [Math.ceil(n / covered), Math.ceil(m / covered), batch],
  });
  return c as tf.Tensor;
}
