/** One encoder block of ours, its feed-forward dense or of experts with the same active size: the whole step, AdamW over every expert included. */
import * as tf from '@tensorflow/tfjs';
import { constant } from '../../../src/kernels/constant.ts';
import { experts } from '../../../src/kernels/experts/op.ts';
import { linear } from '../../../src/kernels/linear/op.ts';
import { timeMean } from '../../../src/kernels/rows/reference.ts';
import { denseFeedForward, encode, type FeedForward, selfAttention } from '../../../src/models/blocks/encoder.ts';
import { denseFeedForward as denseParameters, transformerBody } from '../../../src/models/blocks/parameters.ts';
import type { Parameters } from '../../../src/models/model.ts';
import { linear as linearParameters, type ParameterSpec, stack } from '../../../src/models/parameter.ts';
import { evaluationContext } from '../../../src/training/context.ts';
import type { Contender } from '../contender.ts';
import { normals } from '../random-values.ts';
import { classes } from '../shapes.ts';
import { crossEntropy } from './cross-entropy.ts';
import { trainStep } from './train-step.ts';

const [batch, time, features, width, heads, window] = [4, 256, 16, 64, 4, 20];
const [count, inner] = [8, 256];
const tokens = batch * time;

const expertParameters = (prefix: string): ParameterSpec[] => [
  ...linearParameters(`${prefix}.moe.router`, width, count, false),
  ...stack(`${prefix}.moe.experts`, count, 2 / count, [
    ...linearParameters('linear1', width, inner),
    ...linearParameters('linear2', inner, width),
  ]),
];

const expertFeedForward =
  (p: Parameters, share: tf.Tensor2D): FeedForward =>
  (x, prefix) => {
    const name = `${prefix}.moe`;
    const weights = {
      router: p(`${name}.router.weight`),
      weight1: p(`${name}.experts.*.linear1.weight`),
      bias1: p(`${name}.experts.*.linear1.bias`),
      weight2: p(`${name}.experts.*.linear2.weight`),
      bias2: p(`${name}.experts.*.linear2.bias`),
    };
    return [experts(x.reshape([tokens, width]) as tf.Tensor2D, weights, share, null, batch).output.reshape(x.shape)];
  };

/** @param kind two of eight experts of width 256 a token, or one dense layer of width 512 */
export function oursBlock(kind: 'experts' | 'dense'): Contender {
  const feedForwardParameters = kind === 'dense' ? denseParameters(width, 2 * inner) : expertParameters;
  return trainStep({
    parameters: [
      ...transformerBody({ width, heads, blocks: 1 }, features, feedForwardParameters),
      ...linearParameters('head', width, classes),
    ],
    prepare: () => {
      const input = constant(tf.tensor3d(normals(tokens * features, 1), [batch, time, features]));
      const target = crossEntropy(batch);
      const share = tf.fill([tokens, 1], 1 / tokens) as tf.Tensor2D;
      const context = evaluationContext(new Float32Array(batch).fill(1 / batch));
      return {
        loss: (p) => {
          const attend = selfAttention(p, () => ({ heads, window }));
          const feedForward = kind === 'dense' ? denseFeedForward(p, context, 0) : expertFeedForward(p, share);
          const pooled = timeMean(encode(p, input, context, { width, blocks: 1, dropout: 0, attend, feedForward }).states);
          return target.of(linear(pooled, p('head.weight'), p('head.bias')));
        },
        dispose: () => {
          tf.dispose([input, share]);
          target.dispose();
        },
      };
    },
  });
}
