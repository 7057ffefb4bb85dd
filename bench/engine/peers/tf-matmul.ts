/** One square product on stock tfjs. */
import * as tf from '@tensorflow/tfjs';
import type { Contender } from '../contender.ts';
import { normals } from '../random-values.ts';
import { flushStock, stockContender } from './tf-stock.ts';

export const tfMatmul = (size: number): Contender =>
  stockContender(() => {
    const [a, b] = [1, 2].map((seed) => tf.tensor2d(normals(size * size, seed), [size, size])) as [tf.Tensor2D, tf.Tensor2D];
    return {
      step: () => {
        const product = tf.matMul(a, b);
        flushStock();
        product.dispose();
      },
      dispose: () => tf.dispose([a, b]),
    };
  });
