/** Our layer of experts, top two of each token, under a squared error. */
import * as tf from '@tensorflow/tfjs';
import { experts } from '../../../src/kernels/experts/op.ts';
import { linear, stack } from '../../../src/models/parameter.ts';
import type { Contender } from '../contender.ts';
import { normals } from '../random-values.ts';
import type { ExpertsShape } from '../shapes.ts';
import { trainStep } from './train-step.ts';

export function oursMoeLayer(shape: ExpertsShape): Contender {
  const { tokens, width, inner } = shape;
  const expert = [...linear('linear1', width, inner), ...linear('linear2', inner, width)];
  return trainStep({
    parameters: [...linear('router', width, shape.experts, false), ...stack('experts', shape.experts, 2 / shape.experts, expert)],
    prepare: () => {
      const [input, target] = [1, 2].map((seed) => tf.tensor2d(normals(tokens * width, seed), [tokens, width])) as [
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      const share = tf.fill([tokens, 1], 1 / tokens) as tf.Tensor2D;
      return {
        loss: (p) => {
          const weights = {
            router: p('router.weight'),
            weight1: p('experts.*.linear1.weight'),
            bias1: p('experts.*.linear1.bias'),
            weight2: p('experts.*.linear2.weight'),
            bias2: p('experts.*.linear2.bias'),
          };
          const { output } = experts(input, weights, share, null, tokens);
          return output.sub(target).square().mean().asScalar();
        },
        dispose: () => tf.dispose([input, target, share]),
      };
    },
  });
}
