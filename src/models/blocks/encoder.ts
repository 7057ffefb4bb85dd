/** The pre-norm Transformer encoder that three models share; what differs between them (attention, feed-forward) is passed in. */
import * as tf from '@tensorflow/tfjs';
import { type AddNorm, addNorm } from '../../kernels/add-norm/op.ts';
import { attention } from '../../kernels/attention/op.ts';
import type { AttentionOptions } from '../../kernels/attention/reference.ts';
import { dropout } from '../../kernels/dropout/op.ts';
import { layerNorm } from '../../kernels/layer-norm/op.ts';
import { add, shift } from '../../kernels/lean.ts';
import { linear } from '../../kernels/linear/op.ts';
import type { ForwardContext, Parameters } from '../model.ts';

/** @param x `[batch, time, width]`, same shape back; `prefix` names the block. What it makes on the way is freed unless it is kept for the backward pass. */
export type Part = (x: tf.Tensor, prefix: string) => tf.Tensor;

/** `PE[t, 2i] = sin(t / 10000^(2i/d))`, `PE[t, 2i+1] = cos(…)` (Vaswani et al. 2017), `[time, width]`. */
export function sinusoidalPositions(time: number, width: number): tf.Tensor2D {
  const values = new Float32Array(time * width);
  for (let t = 0; t < time; t++) {
    for (let i = 0; i < width; i++) {
      const angle = t / 10000 ** ((i - (i % 2)) / width);
      values[t * width + i] = i % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return tf.tensor2d(values, [time, width]);
}

/** A projection of attention, by its name (`blocks.0.self_attn.in_proj`): a linear layer, or one under an adapter. */
export type Project = (x: tf.Tensor, name: string, weight: tf.Tensor, bias: tf.Tensor) => tf.Tensor;

/**
 * Multi-head self-attention with its projections, as `torch.nn.MultiheadAttention`.
 * @param options asked anew in each block, for each drops its own
 */
export const selfAttention =
  (p: Parameters, options: () => AttentionOptions, project: Project = (x, _, weight, bias) => linear(x, weight, bias)): Part =>
  (x, prefix) =>
    tf.tidy(() => {
      const name = `${prefix}.self_attn`;
      const projected = project(x, `${name}.in_proj`, p(`${name}.in_proj_weight`), p(`${name}.in_proj_bias`)); // [batch, time, 3·width]
      return project(attention(projected, options()), `${name}.out_proj`, p(`${name}.out_proj.weight`), p(`${name}.out_proj.bias`));
    });

/** Linear, GELU, dropout, Linear, as in `torch.nn.TransformerEncoderLayer`. */
export const denseFeedForward =
  (p: Parameters, context: ForwardContext, rate: number): Part =>
  (x, prefix) =>
    tf.tidy(() => {
      const inner = linear(x, p(`${prefix}.linear1.weight`), p(`${prefix}.linear1.bias`), 'gelu');
      return linear(dropout(inner, context.site(rate)), p(`${prefix}.linear2.weight`), p(`${prefix}.linear2.bias`));
    });

interface EncoderOptions {
  readonly width: number;
  readonly blocks: number;
  readonly dropout: number;
  readonly attend: Part;
  readonly feedForward: Part;
}

/** Input projection, positions, blocks and final norm. @param input `[batch, time, features]` @returns `[batch, time, width]` */
export function encode(p: Parameters, input: tf.Tensor, context: ForwardContext, options: EncoderOptions): tf.Tensor {
  const normOf = (name: string): [tf.Tensor, tf.Tensor] => [p(`${name}.weight`), p(`${name}.bias`)];
  let state: AddNorm = tf.tidy(() => {
    const positions = sinusoidalPositions(input.shape[1] as number, options.width);
    const sum = shift(linear(input, p('input.weight'), p('input.bias')), positions);
    return { sum, y: layerNorm(sum, ...normOf('blocks.0.norm1')) };
  });
  /** One half of a block: the stream so far is freed unless it is kept for the backward pass. */
  const half = <T extends tf.TensorContainer>(part: Part, prefix: string, join: (x: tf.Tensor, branch: tf.Tensor) => T): T => {
    const branch = part(state.y, prefix);
    const joined = tf.tidy(() => join(state.sum, branch));
    tf.dispose([state.sum, state.y, branch]);
    return joined;
  };
  for (let i = 0; ; i++) {
    const prefix = `blocks.${i}`;
    const addNormOf = (next: string) => (x: tf.Tensor, branch: tf.Tensor) => ({
      ...addNorm(x, branch, context.site(options.dropout), ...normOf(next)),
    });
    state = half(options.attend, prefix, addNormOf(`${prefix}.norm2`));
    // The last sum goes nowhere but into the final norm.
    if (i === options.blocks - 1)
      return half(options.feedForward, prefix, (x, branch) =>
        layerNorm(add(x, dropout(branch, context.site(options.dropout))), ...normOf('norm')),
      );
    state = half(options.feedForward, prefix, addNormOf(`blocks.${i + 1}.norm1`));
  }
}
