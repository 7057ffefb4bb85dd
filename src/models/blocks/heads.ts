/** The two heads of every model: direction logits and scaled return. */
import type * as tf from '@tensorflow/tfjs';
import { deepHeads as applyDeepHeads } from '../../kernels/deep-heads/op.ts';
import type { DeepHead } from '../../kernels/deep-heads/reference.ts';
import { dropout } from '../../kernels/dropout/op.ts';
import { reshape } from '../../kernels/lean.ts';
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
  const layer = (name: string, first: number) => ({
    weight: p(`${name}.${first}.weight`),
    bias: p(`${name}.${first}.bias`),
    gain: p(`${name}.${first + 1}.weight`),
    shift: p(`${name}.${first + 1}.bias`),
  });
  const head = (name: string): DeepHead => ({
    layers: [layer(name, 0), layer(name, 4)],
    weight: p(`${name}.8.weight`),
    bias: p(`${name}.8.bias`),
    sites: [context.site(rate), context.site(rate)],
  });
  const [direction, returns] = applyDeepHeads(x, [head('heads.direction'), head('heads.return')]);
  return { direction: direction as tf.Tensor2D, returns: reshape(returns, [-1]) as tf.Tensor1D };
}
