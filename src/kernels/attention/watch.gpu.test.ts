/** The weights that are shown are those of the operation: against a plain softmax, and against what the operation itself makes of them. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { createRandom, normal } from '../../lib/random.ts';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import { attention } from './op.ts';
import { watchingAttention } from './watch.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

const time = 23;
const heads = 3;
const size = 5;
const width = heads * size;

/** Weights of one bar in one head, number by number. */
function plainWeights(projected: Float32Array, head: number, bar: number, window: number | null): number[] {
  const at = (row: number, part: number, i: number): number => projected[row * 3 * width + part * width + head * size + i] as number;
  const scores = Array.from({ length: time }, (_, other) => {
    if (window !== null && Math.abs(bar - other) > window) return Number.NEGATIVE_INFINITY;
    let dot = 0;
    for (let i = 0; i < size; i++) dot += at(bar, 0, i) * at(other, 1, i);
    return dot / Math.sqrt(size);
  });
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

test.each([
  { bar: 22, window: 4 },
  { bar: 9, window: 4 },
  { bar: 0, window: null },
])('bar $bar, window $window', async ({ bar, window }) => {
  const before = tf.memory().numTensors;
  const random = createRandom(11);
  const values = Float32Array.from({ length: time * 3 * width }, () => normal(random));
  const projected = tf.tensor3d(values, [1, time, 3 * width]);
  const seen: tf.Tensor3D[] = [];
  const joined = tf.tidy(() =>
    watchingAttention(
      bar,
      (weights) => seen.push(tf.keep(weights)),
      () => attention(projected, { heads, window }),
    ),
  );
  expect(seen).toHaveLength(1);
  const weights = (await (seen[0] as tf.Tensor).data()) as Float32Array;
  const output = (await joined.data()) as Float32Array;
  for (let head = 0; head < heads; head++) {
    const own = [...weights.subarray(head * time, (head + 1) * time)];
    const plain = plainWeights(values, head, bar, window);
    for (let other = 0; other < time; other++) expect(own[other]).toBeCloseTo(plain[other] as number, 5);
    for (let i = 0; i < size; i++) {
      const mixed = own.reduce(
        (sum, weight, other) => sum + weight * (values[other * 3 * width + 2 * width + head * size + i] as number),
        0,
      );
      expect(output[bar * width + head * size + i]).toBeCloseTo(mixed, 4);
    }
  }
  // Nobody watches any more.
  tf.tidy(() => {
    attention(projected, { heads, window });
  });
  expect(seen).toHaveLength(1);
  tf.dispose([projected, joined, ...seen]);
  expect(tf.memory().numTensors).toBe(before);
  backend.checkErrors();
});
