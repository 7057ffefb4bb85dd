/** For tests: an operation under the fused kernels and under the reference, output and all gradients side by side. */
import * as tf from '@tensorflow/tfjs';
import { createRandom, normal } from '../lib/random.ts';
import { type KernelMode, setKernelMode } from './mode.ts';

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;

const draw = (shape: readonly number[], random: () => number): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0.5 * normal(random)),
    [...shape],
  );

async function compute(mode: KernelMode, shapes: readonly (readonly number[])[], run: Operation): Promise<Float32Array[]> {
  setKernelMode(mode);
  const tensors = tf.tidy(() => {
    const random = createRandom(99);
    const inputs = shapes.map((shape) => draw(shape, random));
    const output = run(...inputs);
    return [output, ...tf.grads((...xs) => run(...xs))(inputs, draw(output.shape, random))];
  });
  const values: Float32Array[] = [];
  for (const tensor of tensors) values.push(((await tensor.data()) as Float32Array).slice());
  tf.dispose(tensors);
  setKernelMode('fused');
  return values;
}

/** Output and all gradients of the fused kernels, to compare bit by bit. */
export const bitsOf = (shapes: readonly (readonly number[])[], run: Operation): Promise<Float32Array[]> => compute('fused', shapes, run);

/** Largest difference of output and of each gradient, relative to the largest reference value of that tensor. */
export async function parityErrors(shapes: readonly (readonly number[])[], run: Operation): Promise<number[]> {
  const fused = await compute('fused', shapes, run);
  const reference = await compute('reference', shapes, run);
  return reference.map((expected, i) => {
    const actual = fused[i] as Float32Array;
    if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
    const scale = expected.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-12);
    let worst = 0;
    for (let j = 0; j < expected.length; j++) {
      const apart = Math.abs((actual[j] as number) - (expected[j] as number));
      worst = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(worst, apart);
    }
    return worst / scale;
  });
}
