/** One square product on jax-js. */
import { blockUntilReady, type Array as JaxArray, jit, numpy as np } from '@jax-js/jax';
import type { Contender } from '../contender.ts';
import { normals } from '../random-values.ts';
import { openJax } from './jax-train.ts';

export const jaxMatmul = (size: number): Contender => ({
  make: async () => {
    await openJax();
    const [a, b] = [1, 2].map((seed) => np.array(normals(size * size, seed), { shape: [size, size] })) as [JaxArray, JaxArray];
    const multiply = jit((x: JaxArray, y: JaxArray) => np.matmul(x, y));
    return {
      step: async () => {
        const product = multiply(a.ref, b.ref);
        await blockUntilReady(product);
        product.dispose();
      },
      dispose: () => {
        a.dispose();
        b.dispose();
        multiply.dispose();
      },
    };
  },
});
