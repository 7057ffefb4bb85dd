/** The encoder of ours over F features: projection, positions, pre-norm blocks, final norm, mean over time, Dense 3, cross-entropy, Adam. */
import * as tf from '@tensorflow/tfjs';
import { constant } from '../../../src/kernels/constant.ts';
import { linear } from '../../../src/kernels/linear/op.ts';
import { timeMean } from '../../../src/kernels/rows/reference.ts';
import { denseFeedForward, encode, selfAttention } from '../../../src/models/blocks/encoder.ts';
import { denseFeedForward as feedForwardParameters, transformerBody } from '../../../src/models/blocks/parameters.ts';
import { linear as linearParameters } from '../../../src/models/parameter.ts';
import { evaluationContext } from '../../../src/training/context.ts';
import type { Contender } from '../contender.ts';
import { normals } from '../random-values.ts';
import { classes, type TransformerShape } from '../shapes.ts';
import { crossEntropy } from './cross-entropy.ts';
import { trainStep } from './train-step.ts';

export function oursTransformer(shape: TransformerShape): Contender {
  const { batch, time, features, width, heads, blocks } = shape;
  return trainStep({
    parameters: [
      ...transformerBody(shape, features, feedForwardParameters(width, shape.feedForward)),
      ...linearParameters('head', width, classes),
    ],
    prepare: () => {
      const input = constant(tf.tensor3d(normals(batch * time * features, 1), [batch, time, features]));
      const target = crossEntropy(batch);
      const context = evaluationContext(new Float32Array(batch).fill(1 / batch));
      return {
        loss: (p) => {
          const attend = selfAttention(p, () => ({ heads, window: null }));
          const feedForward = denseFeedForward(p, context, 0);
          const pooled = timeMean(encode(p, input, context, { width, blocks, dropout: 0, attend, feedForward }).states);
          return target.of(linear(pooled, p('head.weight'), p('head.bias')));
        },
        dispose: () => {
          input.dispose();
          target.dispose();
        },
      };
    },
  });
}
