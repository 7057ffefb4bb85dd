import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import { parityErrors } from '../parity.ts';
import { addNorm } from './op.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

test.each([
  [1, 1, 5],
  [33, 7, 5],
  [3, 19, 130],
])(
  'batch %i, time %i, width %i: both results and every gradient equal the reference, with and without dropout',
  async (batch, time, width) => {
    for (const site of [null, { rate: 0.3, seed: 77, firstRow: 2 }]) {
      const before = tf.memory().numTensors;
      const shapes = [[batch, time, width], [batch, time, width], [width], [width]];
      const run = (x: tf.Tensor, branch: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor => {
        const { sum, y } = addNorm(x, branch, site, weight, bias);
        return tf.concat([sum, y], 2);
      };
      const errors = await parityErrors(shapes, run as never);
      for (const error of errors) expect(error).toBeLessThan(2e-5);
      expect(tf.memory().numTensors).toBe(before);
      backend.checkErrors();
    }
  },
);
