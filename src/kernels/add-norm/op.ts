/**
 * The seam of a pre-norm block: the branch is added to the stream, with dropout, and the sum is normalised for the next branch, in one
 * dispatch forward and three or four backward.
 */
import type * as tf from '@tensorflow/tfjs';
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
import { severalOutputs } from '../several-outputs.ts';
import backward from './backward.wgsl?raw';
import forward from './forward.wgsl?raw';

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
  const [sum, y] = severalOutputs([x, branch, weight, bias], (save) => {
    const values = run({ x, branch, weight, bias }, site);
    save([values[0] as tf.Tensor]);
    return {
      values,
      gradFunc: ([dSum, dy], [kept]) => {
        const [dStream, dWeight, dBias] = runBackward(dSum as tf.Tensor, dy as tf.Tensor, kept as tf.Tensor, weight, bias);
        const dBranch = site ? runDropout(dStream as tf.Tensor, site) : (dStream as tf.Tensor).clone();
        return [dStream, dBranch, dWeight, dBias] as tf.Tensor[];
      },
    };
  }) as [tf.Tensor, tf.Tensor];
  return { sum, y };
}
