/**
 * Before the first training on an adapter, each operation runs forward and backward on a fixed batch there and, as the reference
 * in stock operations, on tfjs' CPU backend. The result travels with every run as its certificate.
 */
import * as tf from '@tensorflow/tfjs';
import { addNorm } from '../kernels/add-norm/op.ts';
import { attention } from '../kernels/attention/op.ts';
import { deepHeads } from '../kernels/deep-heads/op.ts';
import type { DeepHead } from '../kernels/deep-heads/reference.ts';
import { dropout } from '../kernels/dropout/op.ts';
import { experts } from '../kernels/experts/op.ts';
import { gelu } from '../kernels/gelu/op.ts';
import { gruLayer } from '../kernels/gru/op.ts';
import { layerNorm } from '../kernels/layer-norm/op.ts';
import { linear } from '../kernels/linear/op.ts';
import { lstmLayer } from '../kernels/lstm/op.ts';
import { kernelMode } from '../kernels/mode.ts';
import { attentionPooling } from '../kernels/pooling/op.ts';
import { softmax } from '../kernels/softmax/op.ts';
import { gatherWindows } from '../kernels/window-gather/op.ts';
import { createRandom, normal } from '../lib/random.ts';
import { crossEntropy, squaredError } from './losses.ts';
import type { Certificate, OperationCheck } from './run.ts';

interface Operation {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  readonly run: (...inputs: tf.Tensor[]) => tf.Tensor;
}

const gates = (count: number) => [[2, 5, 3], [count * 4, 3], [count * 4, 4], [count * 4], [count * 4]];
const recurrent =
  (layer: typeof lstmLayer) =>
  (x: tf.Tensor, inputWeight: tf.Tensor, hiddenWeight: tf.Tensor, inputBias: tf.Tensor, hiddenBias: tf.Tensor) =>
    layer(x, { inputWeight, hiddenWeight, inputBias, hiddenBias });

const deepHeadShapes = (outputs: number) => [[7, 3], [7], [7], [7], [5, 7], [5], [5], [5], [outputs, 5], [outputs]];
/** A deep head from its parameters in the order of their declaration. */
function deepHead(given: readonly tf.Tensor[], seed: number): DeepHead {
  const at = (i: number): tf.Tensor => given[i] as tf.Tensor;
  const layer = (first: number) => ({ weight: at(first), bias: at(first + 1), gain: at(first + 2), shift: at(first + 3) });
  const site = (index: number) => ({ rate: 0.3, seed: seed + index, firstRow: 1 });
  return { layers: [layer(0), layer(4)], weight: at(8), bias: at(9), sites: [site(0), site(1)] };
}

/** Odd sizes, so that nothing is aligned by chance. */
const operations: readonly Operation[] = [
  { name: 'linear', shapes: [[7, 5], [3, 5], [3]], run: (x, w, b) => linear(x, w, b) },
  { name: 'layer-norm', shapes: [[7, 5], [5], [5]], run: (x, w, b) => layerNorm(x, w, b) },
  {
    name: 'add-norm',
    shapes: [[3, 2, 5], [3, 2, 5], [5], [5]],
    run: (x, branch, w, b) => {
      const { sum, y } = addNorm(x, branch, { rate: 0.3, seed: 5, firstRow: 1 }, w, b);
      return tf.concat([sum, y], 2);
    },
  },
  {
    name: 'pooling',
    shapes: [[2, 7, 5], [5, 5], [5], [1, 5]],
    run: (states, project, bias, score) => attentionPooling(states, { project, bias, score }),
  },
  {
    name: 'deep-heads',
    shapes: [[4, 3], ...deepHeadShapes(3), ...deepHeadShapes(1)],
    run: (x, ...given) => tf.concat([...deepHeads(x as tf.Tensor, [deepHead(given.slice(0, 10), 3), deepHead(given.slice(10), 6)])], 1),
  },
  { name: 'dropout', shapes: [[7, 5]], run: (x) => dropout(x, { rate: 0.3, seed: 9, firstRow: 2 }) },
  { name: 'gelu', shapes: [[7, 5]], run: gelu },
  { name: 'lstm', shapes: gates(4), run: recurrent(lstmLayer) },
  { name: 'gru', shapes: gates(3), run: recurrent(gruLayer) },
  { name: 'attention', shapes: [[2, 5, 18]], run: (x) => attention(x, { heads: 2, window: null }) },
  { name: 'local-attention', shapes: [[2, 7, 18]], run: (x) => attention(x, { heads: 2, window: 2 }) },
  {
    name: 'experts',
    shapes: [
      [9, 4],
      [5, 4],
      [5, 3, 4],
      [5, 3],
      [5, 4, 3],
      [5, 4],
    ],
    run: (x, router, weight1, bias1, weight2, bias2) => {
      const share = tf.fill([9, 1], 1 / 9) as tf.Tensor2D;
      const routed = experts(x as tf.Tensor2D, { router, weight1, bias1, weight2, bias2 }, share, null, 9);
      return tf.concat([routed.output.reshape([-1]), routed.auxiliary.reshape([1])] as tf.Tensor1D[]);
    },
  },
  {
    name: 'cross-entropy',
    shapes: [
      [7, 3],
      [7, 3],
    ],
    run: (z, target) => crossEntropy(z as tf.Tensor2D, target as tf.Tensor2D),
  },
  { name: 'squared-error', shapes: [[7], [7], [7]], run: (p, a, s) => squaredError(p as tf.Tensor1D, a as tf.Tensor1D, s as tf.Tensor1D) },
  { name: 'softmax', shapes: [[7, 5]], run: softmax },
];

const tolerance = 1e-3;

/** Output, then gradient of each input under a fixed upstream gradient. */
async function compute(operation: Operation): Promise<Float32Array[]> {
  const tensors = tf.tidy(() => {
    const random = createRandom(20_240_601);
    const draw = (shape: readonly number[]): tf.Tensor =>
      tf.tensor(
        Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0.7 * normal(random)),
        [...shape],
      );
    const inputs = operation.shapes.map(draw);
    const output = operation.run(...inputs);
    const gradients = tf.grads((...xs) => operation.run(...xs))(inputs, draw(output.shape));
    return [output, ...gradients];
  });
  const values: Float32Array[] = [];
  for (const tensor of tensors) values.push((await tensor.data()) as Float32Array);
  tf.dispose(tensors);
  return values;
}

/** Largest difference over the largest reference value; Infinity where anything is not a number. */
function relativeError(actual: Float32Array, reference: Float32Array): number {
  let [difference, scale] = [0, 1e-12];
  for (let i = 0; i < reference.length; i++) {
    const apart = Math.abs((actual[i] as number) - (reference[i] as number));
    if (!(apart <= Number.MAX_VALUE)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, apart);
    scale = Math.max(scale, Math.abs(reference[i] as number));
  }
  return difference / scale;
}

/** Gathering has no gradient; its check is that the right bars arrive. */
async function checkGather(): Promise<OperationCheck> {
  const features = tf.tensor2d(
    Float32Array.from({ length: 60 }, (_, i) => i),
    [20, 3],
  );
  const gathered = gatherWindows(features, Int32Array.of(4, 19, 11), 5);
  const values = (await gathered.data()) as Float32Array;
  tf.dispose([features, gathered]);
  const expected = Float32Array.from([4, 19, 11].flatMap((last) => Array.from({ length: 15 }, (_, i) => (last - 4) * 3 + i)));
  const outputError = relativeError(values, expected);
  return { operation: 'window-gather', outputError, gradientError: 0, passed: outputError === 0 };
}

/** @param only operations to run, by default all */
export async function selfTest(adapter: string, tolerated = tolerance, only: readonly Operation[] = operations): Promise<Certificate> {
  const backend = tf.getBackend();
  const checks: OperationCheck[] = [await checkGather()];
  for (const operation of only) {
    const actual = await compute(operation);
    await tf.setBackend('cpu');
    const reference = await compute(operation).finally(() => tf.setBackend(backend));
    const errors = actual.map((values, i) => relativeError(values, reference[i] as Float32Array));
    const [outputError = 0, ...gradientErrors] = errors;
    const gradientError = Math.max(0, ...gradientErrors);
    checks.push({ operation: operation.name, outputError, gradientError, passed: Math.max(outputError, gradientError) <= tolerated });
  }
  return {
    adapter,
    backend,
    kernels: kernelMode(),
    at: Date.now(),
    tolerance: tolerated,
    checks,
    passed: checks.every((check) => check.passed),
  };
}
