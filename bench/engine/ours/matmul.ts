/** One square product of ours. */
import * as tf from '@tensorflow/tfjs';
import { product } from '../../../src/kernels/matmul/op.ts';
import type { Contender } from '../contender.ts';
import { normals } from '../random-values.ts';
import { openOurs } from './device.ts';

export const oursMatmul = (size: number): Contender => ({
  make: async () => {
    const ours = await openOurs();
    const [a, b] = [1, 2].map((seed) => tf.tensor2d(normals(size * size, seed), [size, size])) as [tf.Tensor2D, tf.Tensor2D];
    return {
      device: ours.device,
      step: () => ours.run(() => product(a, b).dispose()),
      dispose: () => tf.dispose([a, b]),
    };
  },
});
