import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createRandom, normal } from '../../lib/random.ts';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import { accessBackend } from '../launch/backend-access.ts';
import { beginGradients, placeGradient } from '../launch/gradient-target.ts';
import { isViewOf } from '../launch/view.ts';
import { type DeviceLimits, deviceLimits, preferredTiles, setKernelMode, setRegisterTiles } from '../mode.ts';
import { parityErrors } from '../parity.ts';
import { withoutRecording } from '../recording.ts';
import { experts } from './op.ts';
import { experts as reference } from './reference.ts';

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

interface Sizes {
  readonly tokens: number;
  readonly width: number;
  readonly inner: number;
  readonly count: number;
}

const shapesOf = ({ tokens, width, inner, count }: Sizes): number[][] => [
  [tokens, width],
  [count, width],
  [count, inner, width],
  [count, inner],
  [count, width, inner],
  [count, width],
];

/** The last third of the tokens is padding. */
const shares = (tokens: number): tf.Tensor2D => {
  const real = Math.ceil((2 * tokens) / 3);
  return tf.tensor2d(new Float32Array(tokens).fill(1 / real, 0, real), [tokens, 1]);
};

const random = createRandom(7);
const draw = (shape: readonly number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => 0.5 * normal(random)),
    [...shape],
  );

/** All three outputs in one tensor, so that both gradients come down together. */
const run =
  (rate = 0, batch = 1) =>
  (...inputs: tf.Tensor[]): tf.Tensor => {
    const [x, router, weight1, bias1, weight2, bias2] = inputs as [tf.Tensor2D, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const site = rate > 0 ? { rate, seed: 12_345, firstRow: 3 } : null;
    const routed = experts(x, { router, weight1, bias1, weight2, bias2 }, shares(x.shape[0]), site, batch);
    return tf.concat([routed.output.reshape([-1]), routed.auxiliary.reshape([1]), routed.load] as tf.Tensor1D[]);
  };

/** Relative error of output and gradients, and that nothing is left behind. */
async function check(sizes: Sizes, operation = run()): Promise<void> {
  const before = tf.memory().numTensors;
  const errors = await parityErrors(shapesOf(sizes), operation);
  expect(errors).toHaveLength(7);
  for (const error of errors) expect(error).toBeLessThan(2e-5);
  expect(tf.memory().numTensors).toBe(before);
  backend.checkErrors();
}

test.each([
  { tokens: 7, width: 5, inner: 3, count: 2 },
  { tokens: 41, width: 24, inner: 40, count: 5 },
  { tokens: 130, width: 5, inner: 40, count: 8 },
  { tokens: 300, width: 48, inner: 100, count: 3 },
  { tokens: 9, width: 5, inner: 3, count: 64 },
])('$tokens tokens, $width → $inner, $count experts: output and every gradient equal the reference', (sizes) => check(sizes));

test('dropout on the inner layer draws the bits of the reference, whose mask spans all experts', async () => {
  await check({ tokens: 42, width: 24, inner: 40, count: 5 }, run(0.3, 3));
});

// On the software adapter of these tests four threads of a subgroup share what they load.
test.each(['registers', 'workgroups'] as const)('the variant with tiles of %s', async (tiles) => {
  setKernelMode('fused', { ...limits, subgroupSize: 0 });
  setRegisterTiles(tiles === 'registers');
  expect(preferredTiles()).toBe(tiles);
  await check({ tokens: 130, width: 24, inner: 40, count: 3 }, run(0.3, 2));
});

test('an expert with every token and experts with none', async () => {
  const biased = (...inputs: tf.Tensor[]): tf.Tensor => {
    const [x, router, ...rest] = inputs as [tf.Tensor, tf.Tensor, ...tf.Tensor[]];
    const towards = tf.tensor2d([4, 0, -4, 0, -4], [5, 1]);
    // A first column of ones lets the router prefer by bias alone.
    const input = tf.concat([tf.onesLike(x.slice([0, 0], [-1, 1])), x.slice([0, 1])], 1);
    const steered = tf.concat([router.slice([0, 0], [-1, 1]).add(towards), router.slice([0, 1])], 1);
    return run()(input, steered, ...rest);
  };
  const sizes = { tokens: 41, width: 5, inner: 8, count: 5 };
  await check(sizes, biased);
  const load = tf.tidy(() => biased(...shapesOf(sizes).map(draw)).slice(41 * 5 + 1));
  const values = [...(await load.data())];
  load.dispose();
  expect(values[0]).toBeCloseTo(2.5, 5);
  expect(values[2]).toBe(0);
  expect(values[4]).toBe(0);
});

const gradients = (inputs: tf.Tensor[], upstream: tf.Tensor): tf.Tensor[] => tf.grads(run(0.1))(inputs, upstream);

test('the same bits twice, in fourteen launches', async () => {
  const sizes = { tokens: 130, width: 24, inner: 40, count: 8 };
  const inputs = shapesOf(sizes).map(draw);
  const once = async (): Promise<{ values: number[][]; dispatches: number }> => {
    let dispatches = 0;
    const counted = GPUComputePassEncoder.prototype.dispatchWorkgroups;
    GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...counts) {
      dispatches++;
      counted.apply(this, counts);
    };
    const site = { rate: 0.1, seed: 5, firstRow: 0 };
    const share = shares(sizes.tokens);
    const results = tf.grads((x, router, weight1, bias1, weight2, bias2) => {
      const parts = { router, weight1, bias1, weight2, bias2 };
      return experts(x as tf.Tensor2D, parts as never, share, site, 1).output;
    })(inputs, inputs[0] as tf.Tensor);
    GPUComputePassEncoder.prototype.dispatchWorkgroups = counted;
    const values: number[][] = [];
    for (const result of results) values.push([...(await result.data())]);
    tf.dispose([share, ...results]);
    return { values, dispatches };
  };
  const [first, second] = [await once(), await once()];
  expect(second.values).toEqual(first.values);
  expect(first.dispatches).toBe(14);
  tf.dispose(inputs);
  backend.checkErrors();
});

test('gradients of weights are written where the run keeps them, and added from the second pass on', async () => {
  const inputs = shapesOf({ tokens: 41, width: 5, inner: 3, count: 5 }).map(draw);
  const upstream = draw([41 * 5 + 6]);
  const plain = gradients(inputs, upstream);
  const weights = inputs.slice(1);
  const owner = tf.zeros([6 * 256]);
  for (const [i, weight] of weights.entries()) placeGradient(weight, owner, i * 256);
  for (const times of [1, 2]) {
    beginGradients(weights, times > 1);
    const placed = gradients(inputs, upstream).slice(1);
    for (const [i, view] of placed.entries()) {
      expect(isViewOf(view, owner, i * 256)).toBe(true);
      const apart = tf.tidy(() => {
        const expected = (plain[i + 1] as tf.Tensor).reshape([-1]).mul(times);
        return owner
          .slice(i * 256, expected.size)
          .sub(expected)
          .abs()
          .max();
      });
      expect((await apart.data())[0]).toBeLessThan(1e-4);
      apart.dispose();
    }
    tf.dispose(placed);
  }
  tf.dispose([...inputs, upstream, ...plain, owner]);
  backend.checkErrors();
});

test('memory grows with the slots, not with tokens times experts', () => {
  const sizes = { tokens: 1024, width: 8, inner: 64, count: 32 };
  const inputs = shapesOf(sizes).map(draw);
  const before = accessBackend().bufferManager.numBytesAllocated;
  tf.dispose(tf.tidy(() => run()(...inputs)));
  const allocated = accessBackend().bufferManager.numBytesAllocated - before;
  const slots = 2 * sizes.tokens;
  const dense = 4 * sizes.tokens * sizes.count * sizes.inner;
  expect(allocated).toBeLessThan(4 * slots * (2 * sizes.inner + 4 * sizes.width) + dense / 4);
  tf.dispose(inputs);
});

/** Entropy and auxiliary loss of real tokens, number by number. */
function plainRouting(probabilities: Float32Array, count: number, real: number): { entropy: number; auxiliary: number } {
  const chosen = new Array<number>(count).fill(0);
  const mean = new Array<number>(count).fill(0);
  let entropy = 0;
  for (let token = 0; token < real; token++) {
    const row = [...probabilities.subarray(token * count, (token + 1) * count)];
    for (const [expert, p] of row.entries()) {
      entropy -= (p * Math.log(p)) / real / Math.log(count);
      mean[expert] = (mean[expert] as number) + p / real;
    }
    const order = row.map((_, expert) => expert).sort((a, b) => (row[b] as number) - (row[a] as number) || a - b);
    for (const expert of order.slice(0, 2)) chosen[expert] = (chosen[expert] as number) + 1 / (2 * real);
  }
  return { entropy, auxiliary: count * chosen.reduce((sum, share, expert) => sum + share * (mean[expert] as number), 0) };
}

test.each(['fused', 'reference'] as const)('router entropy and auxiliary loss are those of a plain computation: %s', async (kernels) => {
  const { tokens, width, inner, count } = { tokens: 50, width: 6, inner: 3, count: 5 };
  const before = tf.memory().numTensors;
  const [x, router, weight1, bias1, weight2, bias2] = shapesOf({ tokens, width, inner, count }).map((shape) => draw(shape)) as [
    tf.Tensor2D,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const probabilities = tf.tidy(() => tf.softmax(tf.matMul(x, router as tf.Tensor2D, false, true)));
  const share = shares(tokens);
  const operation = kernels === 'fused' ? experts : reference;
  const pass = () => operation(x, { router, weight1, bias1, weight2, bias2 }, share, null, 1);
  const evaluated = tf.tidy(() => withoutRecording(() => tf.stack([pass().entropy as tf.Scalar, pass().auxiliary])));
  const [entropy, auxiliary] = await evaluated.data();
  const plain = plainRouting((await probabilities.data()) as Float32Array, count, Math.ceil((2 * tokens) / 3));
  expect(plain.entropy).toBeGreaterThan(0.1);
  expect(plain.entropy).toBeLessThan(1);
  expect(entropy).toBeCloseTo(plain.entropy, 5);
  expect(auxiliary).toBeCloseTo(plain.auxiliary, 5);
  expect(tf.tidy(() => pass().entropy)).toBeUndefined();
  tf.dispose([x, router, weight1, bias1, weight2, bias2, probabilities, share, evaluated]);
  expect(tf.memory().numTensors).toBe(before);
  backend.checkErrors();
});
