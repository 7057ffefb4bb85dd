import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import { dropoutMask } from '../dropout/reference.ts';
import { canFuse, type DeviceLimits, deviceLimits, preferredTiles, setKernelMode, setRegisterTiles } from '../mode.ts';
import { parityErrors } from '../parity.ts';
import { attention } from './op.ts';
import type { AttentionOptions } from './reference.ts';

let backend: Backend;
let limits: DeviceLimits;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
  limits = { ...deviceLimits() };
});
afterEach(() => {
  setKernelMode('fused', limits);
  setRegisterTiles(backend.software);
});

const dropWeights = { rate: 0.3, seed: 11, firstRow: 5 };
const dropHeads = { rate: 0.3, seed: 4, firstRow: 3 };

/** Larger scores than the standard draw's, so that weights differ much from bar to bar. */
const run = (options: AttentionOptions) => (x: tf.Tensor) => attention(x.mul(4), options);

async function expectParity(shape: readonly [number, number, number], options: AttentionOptions): Promise<void> {
  expect(canFuse(64)).toBe(true);
  const before = tf.memory().numTensors;
  const errors = await parityErrors([shape], run(options));
  expect(errors).toHaveLength(2);
  for (const error of errors) expect(error).toBeLessThan(2e-5);
  expect(tf.memory().numTensors).toBe(before);
  backend.checkErrors();
}

// Heads of 3 to 8 values: the compilation of unrolled loops, not the run, is what takes time here.
test.each([
  { batch: 2, time: 1, heads: 1, size: 3, window: null },
  { batch: 3, time: 19, heads: 6, size: 5, window: null },
  { batch: 2, time: 41, heads: 1, size: 3, window: 2 },
  { batch: 1, time: 41, heads: 6, size: 3, window: 20 },
  { batch: 1, time: 41, heads: 2, size: 16, window: null },
  { batch: 1, time: 41, heads: 1, size: 33, window: 20 },
  { batch: 1, time: 500, heads: 2, size: 4, window: null },
  { batch: 1, time: 500, heads: 2, size: 4, window: 20 },
])('batch $batch, time $time, $heads heads of $size, window $window: output and gradient equal the reference', async (shape) => {
  const { batch, time, heads, size, window } = shape;
  await expectParity([batch, time, 3 * heads * size], { heads, window });
});

test.each([{ window: null }, { window: 2 }])(
  'weights and heads are dropped where the reference drops them, window $window',
  async ({ window }) => {
    const factors = tf.tidy(() => [...dropoutMask([2, 6], dropHeads).dataSync()]);
    expect(factors).toContain(0);
    expect(factors.some((factor) => factor > 1)).toBe(true);
    await expectParity([2, 41, 3 * 6 * 4], { heads: 6, window, dropWeights, dropHeads });
  },
);

// On the software adapter of these tests four threads of a subgroup share what they load; elsewhere each thread loads for itself.
test.each(['registers', 'workgroups'] as const)('the same where threads do not share: tiles of %s', async (tiles) => {
  setKernelMode('fused', { ...limits, subgroupSize: 0 });
  setRegisterTiles(tiles === 'registers');
  expect(preferredTiles()).toBe(tiles);
  await expectParity([2, 41, 3 * 2 * 4], { heads: 2, window: null, dropWeights, dropHeads });
  await expectParity([1, 41, 3 * 2 * 4], { heads: 2, window: 5 });
});

test('the largest head, and one beyond it, which the reference takes', async () => {
  await expectParity([1, 19, 3 * 128], { heads: 1, window: null });
  await expectParity([1, 5, 3 * 131], { heads: 1, window: null });
});

test('the same bits twice', async () => {
  const draw = (): Float32Array[] =>
    tf.tidy(() => {
      const x = tf.randomNormal([2, 41, 3 * 6 * 4], 0, 1, 'float32', 7);
      const { value, grad } = tf.valueAndGrad((input: tf.Tensor) => run({ heads: 6, window: null, dropWeights })(input).square().sum())(x);
      return [value.dataSync() as Float32Array, grad.dataSync() as Float32Array];
    });
  expect(draw()).toEqual(draw());
  backend.checkErrors();
});
