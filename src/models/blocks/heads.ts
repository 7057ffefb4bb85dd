/** The two heads of every model: direction logits and scaled return. */
import type * as tf from '@tensorflow/tfjs';
import { dropout } from '../../kernels/dropout/op.ts';
import { gelu } from '../../kernels/gelu/op.ts';
import { layerNorm } from '../../kernels/layer-norm/op.ts';
import { linear } from '../../kernels/linear/op.ts';
import type { ForwardContext, Outputs, Parameters } from '../model.ts';

type Head = (name: string) => tf.Tensor;

const join = (head: Head): Pick<Outputs, 'direction' | 'returns'> => ({
  direction: head('heads.direction') as tf.Tensor2D,
  returns: head('heads.return').reshape([-1]) as tf.Tensor1D,
});

/** Linear H→H/2, GELU, dropout, Linear. @param x `[batch, size]` */
export function smallHeads(p: Parameters, x: tf.Tensor, context: ForwardContext, rate: number): Pick<Outputs, 'direction' | 'returns'> {
  return join((name) => {
    const inner = linear(x, p(`${name}.0.weight`), p(`${name}.0.bias`), 'gelu');
    return linear(dropout(inner, context.site(rate)), p(`${name}.3.weight`), p(`${name}.3.bias`));
  });
}

/** Linear, LayerNorm, GELU, dropout, twice, then Linear. @param x `[batch, size]` */
export function deepHeads(p: Parameters, x: tf.Tensor, context: ForwardContext, rate: number): Pick<Outputs, 'direction' | 'returns'> {
  const layer = (input: tf.Tensor, name: string, first: number): tf.Tensor => {
    const projected = linear(input, p(`${name}.${first}.weight`), p(`${name}.${first}.bias`));
    const normed = layerNorm(projected, p(`${name}.${first + 1}.weight`), p(`${name}.${first + 1}.bias`));
    return dropout(gelu(normed), context.site(rate));
  };
  return join((name) => linear(layer(layer(x, name, 0), name, 4), p(`${name}.8.weight`), p(`${name}.8.bias`)));
}
