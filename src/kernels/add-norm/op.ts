/**
 * The seam of a pre-norm block: the branch is added to the stream, with dropout, and the sum is normalised for the next branch. One
 * dispatch forward; both results are differentiable, so it is a registered kernel of the backend rather than a custom gradient.
 */
import * as tf from '@tensorflow/tfjs';
import { columnSums } from '../column-sum/program.ts';
import { dropout } from '../dropout/op.ts';
import { runDropout } from '../dropout/program.ts';
import random from '../dropout/random.wgsl?raw';
import { type DropoutSite, siteWords } from '../dropout/site.ts';
import { gradientTarget } from '../launch/gradient-target.ts';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import { layerNorm } from '../layer-norm/op.ts';
import { canFuse } from '../mode.ts';
import backward from './backward.wgsl?raw';
import forward from './forward.wgsl?raw';

const kernelName = 'StudioAddNorm';

interface Inputs {
  readonly x: tf.Tensor;
  readonly branch: tf.Tensor;
  readonly weight: tf.Tensor;
  readonly bias: tf.Tensor;
}

/** @returns sum and y, shaped as `x` */
function run({ x, branch, weight, bias }: Inputs, site: DropoutSite | null): tf.Tensor[] {
  const length = weight.size;
  const rows = x.size / length;
  const { workgroups, across } = coverRows(rows);
  return launch({
    program: specialize('add-norm-forward', forward, { DROP: site !== null }, [random]),
    inputs: [x, branch, weight, bias],
    outputs: [x.shape, x.shape],
    uniform: [rows, length, across, ...siteWords(site, x.size / (x.shape[0] as number))],
    volatile: site !== null,
    workgroups,
  });
}

/** @returns gradients of the sum, weight and bias */
function runBackward(dSum: tf.Tensor, dy: tf.Tensor, sum: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor[] {
  const length = weight.size;
  const rows = sum.size / length;
  const { workgroups, across } = coverRows(rows);
  const [dStream, normal] = launch({
    program: specialize('add-norm-backward', backward, {}),
    inputs: [dy, dSum, sum, weight],
    outputs: [sum.shape, [rows, length]],
    uniform: [rows, length, across],
    workgroups,
  }) as [tf.Tensor, tf.Tensor];
  const { sums, products } = columnSums(dy.reshape([rows, length]), normal, gradientTarget(bias), gradientTarget(weight));
  normal.dispose();
  return [dStream, products as tf.Tensor, sums];
}

tf.registerKernel({
  kernelName,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs }) => run(inputs as unknown as Inputs, (attrs as { site: DropoutSite | null } | undefined)?.site ?? null),
});

tf.registerGradient({
  kernelName,
  inputsToSave: ['weight', 'bias'],
  outputsToSave: [true, false],
  gradFunc: (upstream, saved, attrs) => {
    const [weight, bias, sum] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
    const [dSum, dy] = upstream as unknown as [tf.Tensor, tf.Tensor];
    const { site } = attrs as unknown as { site: DropoutSite | null };
    const [dStream, dWeight, dBias] = runBackward(dSum, dy, sum, weight, bias) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return {
      x: () => dStream,
      branch: () => (site ? runDropout(dStream, site) : dStream.clone()),
      weight: () => dWeight,
      bias: () => dBias,
    };
  },
});

/** Both results are to be used; where only `y` is, `layerNorm(x.add(…))` keeps less. */
export interface AddNorm {
  /** `x + dropout(branch)`, shaped as `x`. */
  readonly sum: tf.Tensor;
  /** Layer norm of the sum over its last dimension. */
  readonly y: tf.Tensor;
}

/** @param x and `branch` `[batch, …, size]` @param weight and `bias` `[size]` of the norm */
export function addNorm(x: tf.Tensor, branch: tf.Tensor, site: DropoutSite | null, weight: tf.Tensor, bias: tf.Tensor): AddNorm {
  if (!canFuse(64)) {
    const sum = x.add(dropout(branch, site));
    return { sum, y: layerNorm(sum, weight, bias) };
  }
  const [sum, y] = tf.engine().runKernel(kernelName, { x, branch, weight, bias } as never, { site } as never) as unknown as [
    tf.Tensor,
    tf.Tensor,
  ];
  return { sum, y };
}
