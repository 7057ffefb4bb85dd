import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import { gelu } from '../gelu/reference.ts';
import { linear } from '../linear/op.ts';
import { type DeviceLimits, deviceLimits, preferredTiles, setKernelMode, setRegisterTiles } from '../mode.ts';
import { parityErrors } from '../parity.ts';
import { matMul } from './op.ts';
import { pieces, tileFor } from './plan.ts';
import { runProduct } from './program.ts';

let backend: Backend;
let limits: DeviceLimits;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
  limits = { ...deviceLimits() };
});
afterEach(() => {
  setKernelMode('fused', limits);
  setRegisterTiles(backend.software);
  backend.checkErrors();
});

const values = async (tensor: tf.Tensor): Promise<Float32Array> => (await tensor.data()) as Float32Array;
async function expectClose(actual: tf.Tensor, expected: tf.Tensor): Promise<void> {
  const [a, e] = [await values(actual), await values(expected)];
  expect(actual.shape).toEqual(expected.shape);
  const scale = e.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-12);
  expect(a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (e[i] as number))), 0) / scale).toBeLessThan(2e-5);
}

// Every tile, on any device that can run it; quads need subgroups of four threads, as the software adapter of these tests has them.
describe.each(['registers', 'quads', 'workgroups'] as const)('tiles of %s', (tiles) => {
  beforeEach(() => {
    if (tiles !== 'quads') setKernelMode('fused', { ...limits, subgroupSize: 0 });
    setRegisterTiles(tiles !== 'workgroups');
    expect(preferredTiles()).toBe(tiles);
  });

  test.each([
    [1, 1, 1],
    [7, 5, 3],
    [65, 9, 130],
    [3, 1000, 8],
    [12, 1024, 20],
    [36, 8, 44],
    [68, 12, 76],
    [130, 20, 164],
    [33, 16, 48],
  ])('product of [%i, %i] and [%i columns] equals the reference, with every gradient', async (m, k, n) => {
    for (const transposed of [false, true]) {
      const errors = await parityErrors([[m, k], transposed ? [n, k] : [k, n]], (a, b) => matMul(a, b, transposed));
      for (const error of errors) expect(error).toBeLessThan(2e-5);
    }
  });

  test('batches are multiplied one by one', async () => {
    const shapes = [
      [3, 2, 9, 5],
      [3, 2, 11, 5],
    ];
    const errors = await parityErrors(shapes, (a, b) => matMul(a, b, true));
    for (const error of errors) expect(error).toBeLessThan(2e-5);
  });

  test('a linear layer with GELU: output and every gradient', async () => {
    for (const rows of [1, 33, 700]) {
      const before = tf.memory().numTensors;
      const errors = await parityErrors([[rows, 5], [19, 5], [19]], (x, w, b) => linear(x, w, b, 'gelu'));
      for (const error of errors) expect(error).toBeLessThan(2e-5);
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  test('epilogues: bias, activation, kept values, row sums, adding in place; K split and whole', async () => {
    // Odd sizes, then sizes in fours, each with K whole and split.
    for (const [k, m, n] of [
      [6, 10, 17],
      [2000, 10, 17],
      [8, 12, 20],
      [2000, 12, 20],
    ] as const) {
      const tile = tileFor({ m, n, k }, tiles, { transposeA: true, sum: true });
      const source = { registers: 'register', quads: n === 20 ? 'quad' : 'register', workgroups: 'workgroup' } as const;
      expect(tile.source).toBe(source[tiles]);
      expect(pieces({ m, n, k }, tile) > 1).toBe(k === 2000);
      const a = tf.randomNormal([k, m], 0, 1, 'float32', 1);
      const b = tf.randomNormal([k, n], 0, 1, 'float32', 2);
      const bias = tf.randomNormal([n], 0, 1, 'float32', 3);
      const options = { transposeA: true, bias, sum: true };
      const { c, kept, sums } = runProduct(a, b, { ...options, activation: 'gelu', keep: true });
      const plain = tf.matMul(a, b, true).add(bias);
      await expectClose(kept as tf.Tensor, plain);
      await expectClose(c, gelu(plain));
      await expectClose(sums as tf.Tensor, a.sum(0));
      await expectClose(runProduct(a, b, { ...options, sum: false, activation: 'tanh' }).c, plain.tanh());
      const [whole, rows] = [tf.ones([m, n]).mul(1), tf.ones([m]).mul(1)];
      const [target, sumTarget] = [whole, rows].map((tensor) => ({ tensor, accumulate: true }));
      runProduct(a, b, { transposeA: true, sum: true, target: target as never, sumTarget: sumTarget as never });
      await expectClose(whole, tf.matMul(a, b, true).add(1));
      await expectClose(rows, a.sum(0).add(1));
    }
  });
});
