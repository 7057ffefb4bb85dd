import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import { dropout } from './op.ts';
import { dropoutMask } from './reference.ts';
import type { DropoutSite } from './site.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

const site = (changes: Partial<DropoutSite> = {}): DropoutSite => ({ rate: 0.3, seed: 0x9abcdef1, firstRow: 0, ...changes });

/** The factors that the kernel draws, and those it draws again in the backward pass. */
async function factors(shape: number[], where: DropoutSite): Promise<[Float32Array, Float32Array]> {
  const ones = tf.ones(shape);
  const { value, grad } = tf.tidy(() => ({
    value: dropout(ones, where),
    grad: tf.grad((x) => dropout(x, where))(ones),
  }));
  const read = [(await value.data()) as Float32Array, (await grad.data()) as Float32Array] as [Float32Array, Float32Array];
  tf.dispose([ones, value, grad]);
  backend.checkErrors();
  return read;
}

test('the kernel draws the bits of the host, forward and backward, at any row offset', async () => {
  for (const shape of [
    [1, 1],
    [7, 5],
    [33, 131],
  ]) {
    for (const where of [site(), site({ firstRow: 12_345_678, rate: 0.1 })]) {
      const [forward, backward] = await factors(shape, where);
      const mask = dropoutMask(shape, where);
      expect(forward).toEqual(await mask.data());
      expect(backward).toEqual(forward);
      mask.dispose();
    }
  }
});

test('a micro-batch draws what the whole batch draws for its rows', async () => {
  const [whole] = await factors([8, 50], site());
  const [part] = await factors([3, 50], site({ firstRow: 5 }));
  expect(part).toEqual(whole.slice(250));
});

test('the rate is kept, and neighbours, rows and seeds are independent', async () => {
  const count = 200_000;
  const [drawn] = await factors([400, 500], site());
  const [other] = await factors([400, 500], site({ seed: 0x9abcdef2 }));
  const zero = (values: Float32Array, i: number): number => (values[i] === 0 ? 1 : 0);
  const share = (event: (i: number) => number): number =>
    Array.from({ length: count - 500 }, (_, i) => event(i)).reduce((a, b) => a + b, 0) / (count - 500);
  // Five standard deviations of a share of independent draws.
  const apart = (p: number): number => 5 * Math.sqrt((p * (1 - p)) / (count - 500));
  expect(Math.abs(share((i) => zero(drawn, i)) - 0.3)).toBeLessThan(apart(0.3));
  for (const shifted of [1, 2, 4, 500])
    expect(Math.abs(share((i) => zero(drawn, i) * zero(drawn, i + shifted)) - 0.09)).toBeLessThan(apart(0.09));
  expect(Math.abs(share((i) => zero(drawn, i) * zero(other, i)) - 0.09)).toBeLessThan(apart(0.09));
  expect(drawn.every((value) => value === 0 || Math.abs(value - 1 / 0.7) < 1e-6)).toBe(true);
});
