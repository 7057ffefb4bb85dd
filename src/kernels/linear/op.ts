/** `torch.nn.Linear` with an activation behind it: one product with an epilogue, and in the backward pass the bias gradient with the weight's. */
import * as tf from '@tensorflow/tfjs';
import { isConstant } from '../constant.ts';
import { gelu } from '../gelu/op.ts';
import { runGeluBackward } from '../gelu/program.ts';
import { keepForBackward } from '../keep-for-backward.ts';
import { gradientTarget } from '../launch/gradient-target.ts';
import { reshape } from '../lean.ts';
import { type Activation, runProduct } from '../matmul/program.ts';
import { canFuse } from '../mode.ts';
import { isRecording } from '../recording.ts';
import { linear as reference } from './reference.ts';

type LinearActivation = Exclude<Activation, 'tanh'>;

/** Gradients of weight and bias from the gradient of `x·Wᵀ + b`, written where they belong. */
export function weightGradients(dz: tf.Tensor, x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor | null): tf.Tensor[] {
  const options = { transposeA: true, target: gradientTarget(weight) };
  if (!bias) return [runProduct(dz, x, options).c];
  const { c, sums } = runProduct(dz, x, { ...options, sum: true, sumTarget: gradientTarget(bias) });
  return [c, sums as tf.Tensor];
}

/** The same where weight and bias are frozen: only `x` has a gradient. */
function frozen(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor | null, activation: LinearActivation): tf.Tensor {
  const keep = activation === 'gelu';
  return tf.customGrad((_, save) => {
    const { c, kept } = runProduct(x, weight, { transposeB: true, bias, activation, keep });
    if (kept) keepForBackward(save, [kept]);
    return {
      value: c,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [before] = saved;
        const dz = before ? runGeluBackward(before, dy) : dy;
        const { c: dx } = runProduct(dz, weight);
        if (before) dz.dispose();
        return dx;
      },
    };
  })(x);
}

/** Rows `[rows, in]` → `[rows, out]`; `x` is an input of the gradient only where it is not constant. */
function fused(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor | null, activation: LinearActivation): tf.Tensor {
  const keep = activation === 'gelu';
  if (!isRecording()) return runProduct(x, weight, { transposeB: true, bias, activation }).c;
  if (isConstant(weight)) return frozen(x, weight, bias, activation);
  const parameters = bias ? [weight, bias] : [weight];
  const wantsInput = !isConstant(x);
  const run = (...given: unknown[]) => {
    const { c, kept } = runProduct(x, weight, { transposeB: true, bias, activation, keep });
    keepForBackward(given.at(-1), kept ? [x, weight, kept] : [x, weight]);
    return {
      value: c,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [input, w, before] = saved as [tf.Tensor, tf.Tensor, tf.Tensor | undefined];
        const dz = before ? runGeluBackward(before, dy) : dy;
        const gradients = weightGradients(dz, input, w, bias);
        const all = wantsInput ? [runProduct(dz, w).c, ...gradients] : gradients;
        if (before) dz.dispose();
        return all;
      },
    };
  };
  return tf.customGrad(run as never)(...(wantsInput ? [x, ...parameters] : parameters));
}

/**
 * `activation(x·Wᵀ + b)`.
 * @param x `[…, in]`, weight `[out, in]` as PyTorch keeps it, bias `[out]` or null
 * @returns `[…, out]`
 */
export function linear(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor | null, activation: LinearActivation = 'none'): tf.Tensor {
  if (!canFuse(256)) {
    const y = reference(x, weight, bias);
    return activation === 'gelu' ? gelu(y) : y;
  }
  const rows = reshape(x, [-1, x.shape[x.shape.length - 1] as number]);
  return reshape(fused(rows, weight, bias, activation), [...x.shape.slice(0, -1), weight.shape[0] as number]);
}
