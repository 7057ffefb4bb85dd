import { beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import { prefersRegisterTiles } from '../mode.ts';
import { parityErrors } from '../parity.ts';
import { matMul } from './op.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

test.each([
  [1, 1, 1],
  [7, 5, 3],
  [65, 9, 130],
  [3, 1000, 8],
])('product of [%i, %i] and [%i columns] equals the reference, with every gradient', async (m, k, n) => {
  expect(prefersRegisterTiles()).toBe(backend.software);
  for (const transposed of [false, true]) {
    const errors = await parityErrors([[m, k], transposed ? [n, k] : [k, n]], (a, b) => matMul(a, b, transposed));
    for (const error of errors) expect(error).toBeLessThan(2e-5);
  }
  backend.checkErrors();
});

test('batches are multiplied one by one', async () => {
  const errors = await parityErrors(
    [
      [3, 2, 9, 5],
      [3, 2, 11, 5],
    ],
    (a, b) => matMul(a, b, true),
  );
  for (const error of errors) expect(error).toBeLessThan(2e-5);
  backend.checkErrors();
});
