/** The pre-norm Transformer encoder that three models share; what differs between them (attention, feed-forward) is passed in. */
import * as tf from '@tensorflow/tfjs';
import { attention } from '../../kernels/attention/op.ts';
import type { AttentionOptions } from '../../kernels/attention/reference.ts';
import { dropout } from '../../kernels/dropout/op.ts';
import { layerNorm } from '../../kernels/layer-norm/op.ts';
import { linear } from '../../kernels/linear/op.ts';
import type { ForwardContext, Parameters } from '../model.ts';

/** @param x `[batch, time, width]`, same shape back; `prefix` names the block. */
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

/** Multi-head self-attention with its projections, as `torch.nn.MultiheadAttention`. @param options asked anew in each block, for each drops its own */
export const selfAttention =
  (p: Parameters, options: () => AttentionOptions): Part =>
  (x, prefix) => {
    const name = `${prefix}.self_attn`;
    const projected = linear(x, p(`${name}.in_proj_weight`), p(`${name}.in_proj_bias`)); // [batch, time, 3·width]
    return linear(attention(projected, options()), p(`${name}.out_proj.weight`), p(`${name}.out_proj.bias`));
  };

/** Linear, GELU, dropout, Linear, as in `torch.nn.TransformerEncoderLayer`. */
export const denseFeedForward =
  (p: Parameters, context: ForwardContext, rate: number): Part =>
  (x, prefix) => {
    const inner = linear(x, p(`${prefix}.linear1.weight`), p(`${prefix}.linear1.bias`), 'gelu');
    return linear(dropout(inner, context.site(rate)), p(`${prefix}.linear2.weight`), p(`${prefix}.linear2.bias`));
  };

interface EncoderOptions {
  readonly width: number;
  readonly blocks: number;
  readonly dropout: number;
  readonly attend: Part;
  readonly feedForward: Part;
}

/** Input projection, positions, blocks and final norm. @param input `[batch, time, features]` @returns `[batch, time, width]` */
export function encode(p: Parameters, input: tf.Tensor, context: ForwardContext, options: EncoderOptions): tf.Tensor {
  const norm = (x: tf.Tensor, name: string): tf.Tensor => layerNorm(x, p(`${name}.weight`), p(`${name}.bias`));
  const positions = sinusoidalPositions(input.shape[1] as number, options.width);
  let x: tf.Tensor = linear(input, p('input.weight'), p('input.bias')).add(positions);
  for (let i = 0; i < options.blocks; i++) {
    const prefix = `blocks.${i}`;
    x = x.add(dropout(options.attend(norm(x, `${prefix}.norm1`), prefix), context.site(options.dropout)));
    x = x.add(dropout(options.feedForward(norm(x, `${prefix}.norm2`), prefix), context.site(options.dropout)));
  }
  return norm(x, 'norm');
}
