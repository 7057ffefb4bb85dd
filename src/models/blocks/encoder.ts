/** The pre-norm Transformer encoder that three models share; what differs between them (attention, feed-forward) is passed in. */
import * as tf from '@tensorflow/tfjs';
import { type AddNorm, addNorm } from '../../kernels/add-norm/op.ts';
import { attention } from '../../kernels/attention/op.ts';
import type { AttentionOptions } from '../../kernels/attention/reference.ts';
import { dropout } from '../../kernels/dropout/op.ts';
import { layerNorm } from '../../kernels/layer-norm/op.ts';
import { add, shift } from '../../kernels/lean.ts';
import { linear } from '../../kernels/linear/op.ts';
import { recomputed } from '../../kernels/recompute.ts';
import type { ForwardContext, Lookup, Parameters } from '../model.ts';

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
  (p: Lookup, options: () => AttentionOptions, project: Project = (x, _, weight, bias) => linear(x, weight, bias)): Part =>
  (x, prefix) =>
    tf.tidy(() => {
      const name = `${prefix}.self_attn`;
      const projected = project(x, `${name}.in_proj`, p(`${name}.in_proj_weight`), p(`${name}.in_proj_bias`)); // [batch, time, 3·width]
      return project(attention(projected, options()), `${name}.out_proj`, p(`${name}.out_proj.weight`), p(`${name}.out_proj.bias`));
    });

/** Linear, GELU, dropout, Linear, as in `torch.nn.TransformerEncoderLayer`. */
export const denseFeedForward =
  (p: Lookup, context: ForwardContext, rate: number): FeedForward =>
  (x, prefix) =>
    tf.tidy(() => {
      const inner = linear(x, p(`${prefix}.linear1.weight`), p(`${prefix}.linear1.bias`), 'gelu');
      return [linear(dropout(inner, context.site(rate)), p(`${prefix}.linear2.weight`), p(`${prefix}.linear2.bias`))];
    });

/** @returns the branch `[batch, time, width]`, and behind it what a feed-forward tells beside */
export type FeedForward = (x: tf.Tensor, prefix: string) => tf.Tensor[];

interface EncoderOptions {
  readonly width: number;
  readonly blocks: number;
  readonly dropout: number;
  readonly attend: Part;
  readonly feedForward: FeedForward;
}

export interface Encoded {
  /** `[batch, time, width]` */
  readonly states: tf.Tensor;
  /** What the feed-forward of each block told. */
  readonly told: readonly (readonly tf.Tensor[])[];
}

/** Input projection, positions, blocks and final norm. @param input `[batch, time, features]` */
export function encode(p: Parameters, input: tf.Tensor, context: ForwardContext, options: EncoderOptions): Encoded {
  const placed = tf.tidy(() => {
    const positions = sinusoidalPositions(input.shape[1] as number, options.width);
    return shift(linear(input, p('input.weight'), p('input.bias')), positions);
  });
  return context.repeatable ? recomputedBlocks(p, placed, context, options, context.repeatable) : keptBlocks(p, placed, context, options);
}

/** The blocks with each seam fused into one norm; what the stream was is freed unless it is kept for the backward pass. */
function keptBlocks(p: Parameters, placed: tf.Tensor, context: ForwardContext, options: EncoderOptions): Encoded {
  const told: (readonly tf.Tensor[])[] = [];
  const normOf = (name: string): [tf.Tensor, tf.Tensor] => [p(`${name}.weight`), p(`${name}.bias`)];
  let state: AddNorm = { sum: placed, y: tf.tidy(() => layerNorm(placed, ...normOf('blocks.0.norm1'))) };
  const join = <T extends tf.TensorContainer>(branch: tf.Tensor, joined: (x: tf.Tensor, branch: tf.Tensor) => T): T => {
    const result = tf.tidy(() => joined(state.sum, branch));
    tf.dispose([state.sum, state.y, branch]);
    return result;
  };
  const addNormOf = (next: string) => (x: tf.Tensor, branch: tf.Tensor) => ({
    ...addNorm(x, branch, context.site(options.dropout), ...normOf(next)),
  });
  for (let i = 0; ; i++) {
    const prefix = `blocks.${i}`;
    state = join(options.attend(state.y, prefix), addNormOf(`${prefix}.norm2`));
    const [branch, ...beside] = options.feedForward(state.y, prefix) as [tf.Tensor, ...tf.Tensor[]];
    told.push(beside);
    if (i < options.blocks - 1) {
      state = join(branch, addNormOf(`blocks.${i + 1}.norm1`));
      continue;
    }
    // The last sum goes nowhere but into the final norm.
    const last = (x: tf.Tensor, y: tf.Tensor) => layerNorm(add(x, dropout(y, context.site(options.dropout))), ...normOf('norm'));
    return { states: join(branch, last), told };
  }
}

/** The same blocks, each of which keeps its input alone. */
function recomputedBlocks(
  p: Parameters,
  placed: tf.Tensor,
  context: ForwardContext,
  options: EncoderOptions,
  repeatable: NonNullable<ForwardContext['repeatable']>,
): Encoded {
  const told: (readonly tf.Tensor[])[] = [];
  const normOf = (name: string): [tf.Tensor, tf.Tensor] => [p(`${name}.weight`), p(`${name}.bias`)];
  const block = (x: tf.Tensor, prefix: string): tf.Tensor[] => {
    const branch = options.attend(layerNorm(x, ...normOf(`${prefix}.norm1`)), prefix);
    const { sum, y } = addNorm(x, branch, context.site(options.dropout), ...normOf(`${prefix}.norm2`));
    const [inner, ...beside] = options.feedForward(y, prefix) as [tf.Tensor, ...tf.Tensor[]];
    return [add(sum, dropout(inner, context.site(options.dropout))), ...beside];
  };
  let x = placed;
  for (let i = 0; i < options.blocks; i++) {
    const prefix = `blocks.${i}`;
    const run = repeatable((given: tf.Tensor) => block(given, prefix));
    const [next, ...beside] = recomputed(x, p.trainable(`${prefix}.`), run);
    told.push(beside);
    x.dispose();
    x = next as tf.Tensor;
  }
  const states = tf.tidy(() => layerNorm(x, ...normOf('norm')));
  x.dispose();
  return { states, told };
}
