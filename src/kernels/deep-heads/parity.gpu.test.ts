import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { constant } from '../constant.ts';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import type { DropoutSite } from '../dropout/site.ts';
import { setRegisterTiles } from '../mode.ts';
import { parityErrors } from '../parity.ts';
import { deepHeads } from './op.ts';
import type { DeepHead } from './reference.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

afterEach(() => setRegisterTiles(backend.software));

const site = (seed: number): DropoutSite => ({ rate: 0.3, seed, firstRow: 2 });

/** A head from its parameters in the order of their declaration. */
function headOf(given: readonly tf.Tensor[], sites: DeepHead['sites']): DeepHead {
  const at = (i: number): tf.Tensor => given[i] as tf.Tensor;
  const layer = (first: number) => ({ weight: at(first), bias: at(first + 1), gain: at(first + 2), shift: at(first + 3) });
  return { layers: [layer(0), layer(4)], weight: at(8), bias: at(9), sites };
}

const shapesOf = (size: number, first: number, second: number, outputs: number): number[][] => [
  [first, size],
  [first],
  [first],
  [first],
  [second, first],
  [second],
  [second],
  [second],
  [outputs, second],
  [outputs],
];

test.each([
  // Not narrower: the gradient through a norm of two values is rounding alone.
  [1, 5, 9, 7],
  [19, 36, 40, 68],
  [33, 131, 70, 129],
])(
  '%i rows, widths %i, %i, %i: both outputs and every gradient equal the reference, with and without dropout, input constant or not',
  async (rows, size, first, second) => {
    const shapes = [...shapesOf(size, first, second, 3), ...shapesOf(size, first, second, 1)];
    // Each with the threads of one kind of device.
    for (const drops of [false, true]) {
      setRegisterTiles(drops);
      const sites = (seed: number): DeepHead['sites'] => (drops ? [site(seed), site(seed + 1)] : [null, null]);
      const run = (x: tf.Tensor, given: readonly tf.Tensor[]): tf.Tensor =>
        tf.concat([...deepHeads(x, [headOf(given.slice(0, 10), sites(5)), headOf(given.slice(10), sites(8))])], 1);
      const before = tf.memory().numTensors;
      const errors = await parityErrors([[rows, size], ...shapes], (x, ...given) => run(x as tf.Tensor, given));
      expect(errors).toHaveLength(22);
      for (const error of errors) expect(error).toBeLessThan(2e-5);
      if (drops) {
        const fixed = constant(tf.randomNormal([rows, size], 0, 1, 'float32', 4));
        for (const error of await parityErrors(shapes, (...given) => run(fixed, given))) expect(error).toBeLessThan(2e-5);
        fixed.dispose();
      }
      expect(tf.memory().numTensors).toBe(before);
      backend.checkErrors();
    }
  },
);
