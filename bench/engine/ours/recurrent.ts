/** One recurrent layer of ours, its last state under Dense 3, softmax cross-entropy, Adam. */
import * as tf from '@tensorflow/tfjs';
import { constant } from '../../../src/kernels/constant.ts';
import { gruLayer } from '../../../src/kernels/gru/op.ts';
import { linear } from '../../../src/kernels/linear/op.ts';
import { lstmLayer } from '../../../src/kernels/lstm/op.ts';
import { linear as linearParameters, recurrent } from '../../../src/models/parameter.ts';
import type { Contender } from '../contender.ts';
import { normals } from '../random-values.ts';
import { classes, type RecurrentShape } from '../shapes.ts';
import { crossEntropy } from './cross-entropy.ts';
import { trainStep } from './train-step.ts';

const kinds = { lstm: { gates: 4, layer: lstmLayer }, gru: { gates: 3, layer: gruLayer } } as const;

export function oursRecurrent(kind: keyof typeof kinds, shape: RecurrentShape): Contender {
  const { gates, layer } = kinds[kind];
  const { batch, time, features, hidden } = shape;
  return trainStep({
    parameters: [...recurrent(kind, gates, features, hidden, 1), ...linearParameters('head', hidden, classes)],
    prepare: () => {
      const input = constant(tf.tensor3d(normals(batch * time * features, 1), [batch, time, features]));
      const target = crossEntropy(batch);
      return {
        loss: (p) => {
          const states = layer(input, {
            inputWeight: p(`${kind}.weight_ih_l0`),
            hiddenWeight: p(`${kind}.weight_hh_l0`),
            inputBias: p(`${kind}.bias_ih_l0`),
            hiddenBias: p(`${kind}.bias_hh_l0`),
          });
          const last = states.slice([0, time - 1, 0], [batch, 1, hidden]).reshape([batch, hidden]);
          return target.of(linear(last, p('head.weight'), p('head.bias')));
        },
        dispose: () => {
          input.dispose();
          target.dispose();
        },
      };
    },
  });
}
