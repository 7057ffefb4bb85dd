/** A whole training step on jax-js: value and gradient of a loss, and Adam, jitted as one function. */
import { blockUntilReady, defaultDevice, init, type Array as JaxArray, jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Contender } from '../contender.ts';
import { normals } from '../random-values.ts';
import { learningRate } from '../shapes.ts';

export type Weights = Record<string, JaxArray>;
/** Owns the batch, borrows the weights. */
export type Loss = (weights: Weights, ...batch: JaxArray[]) => JaxArray;

/** A reference to one of the weights, which a loss only borrows: `jaxContender` gives them back. */
export const weight = (weights: Weights, name: string): JaxArray => (weights[name] as JaxArray).ref;

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];

/** Adam's step size with both bias corrections folded in, as a user without optax writes it. */
const rateAt = (count: number): number => (learningRate * Math.sqrt(1 - beta2 ** count)) / (1 - beta1 ** count);

export async function openJax(): Promise<void> {
  const devices = await init('webgpu');
  if (!devices.includes('webgpu')) throw new Error('jax-js finds no WebGPU');
  defaultDevice('webgpu');
}

/** A function of jax-js owns all its arguments, so the weights that the loss borrowed are released here. */
const owning =
  (loss: Loss): Loss =>
  (weights, ...batch) => {
    const value = loss(weights, ...batch);
    tree.dispose(weights);
    return value;
  };

function trainingFunction(loss: Loss) {
  return jit((weights: Weights, first: Weights, second: Weights, rate: JaxArray, ...batch: JaxArray[]) => {
    const [value, gradients] = valueAndGrad(owning(loss))(tree.ref(weights), ...batch) as unknown as [JaxArray, Weights];
    const next: Record<'weights' | 'first' | 'second', Weights> = { weights: {}, first: {}, second: {} };
    for (const name of Object.keys(weights)) {
      const g = gradients[name] as JaxArray;
      const m = (first[name] as JaxArray).mul(beta1).add(g.ref.mul(1 - beta1));
      const v = (second[name] as JaxArray).mul(beta2).add(np.square(g).mul(1 - beta2));
      const move = m.ref.div(np.sqrt(v.ref).add(epsilon)).mul(rate.ref);
      next.weights[name] = (weights[name] as JaxArray).sub(move);
      next.first[name] = m;
      next.second[name] = v;
    }
    rate.dispose();
    return { value, ...next };
  });
}

/** @param shapes of the weights, drawn small and normal; `batch` gives the arrays that the loss gets after them. */
export function jaxContender(shapes: Readonly<Record<string, readonly number[]>>, batch: () => JaxArray[], loss: Loss): Contender {
  return {
    make: async () => {
      await openJax();
      const draw = (shape: readonly number[], seed: number): JaxArray =>
        np.array(
          normals(
            shape.reduce((product, n) => product * n, 1),
            seed,
            0.1,
          ),
          { shape: [...shape] },
        );
      const zeros = (): Weights => Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, np.zeros([...shape])]));
      let weights: Weights = Object.fromEntries(Object.entries(shapes).map(([name, shape], i) => [name, draw(shape, 10 + i)]));
      let [first, second] = [zeros(), zeros()];
      const data = batch();
      const train = trainingFunction(loss);
      let count = 0;
      let last: JaxArray | null = null;
      return {
        step: async () => {
          const rate = np.array(rateAt(++count));
          const result = train(weights, first, second, rate, ...data.map((array) => array.ref));
          ({ weights, first, second } = result);
          last?.dispose();
          last = result.value;
          await blockUntilReady([last, weights, first, second]);
        },
        readLoss: async () => (await last?.ref.data())?.[0] ?? Number.NaN,
        dispose: () => {
          last?.dispose();
          tree.dispose([weights, first, second]);
          for (const array of data) array.dispose();
          train.dispose();
        },
      };
    },
  };
}
