/** The layer of experts in stock tfjs operations: every expert computes every token, and a mask of the top two weighs them. */
import * as tf from '@tensorflow/tfjs';
import type { Contender } from '../contender.ts';
import { normals } from '../random-values.ts';
import type { ExpertsShape } from '../shapes.ts';
import { makeVariables, tfTraining } from './tf-train.ts';

/** tfjs has no gradient for its top-k and no way to stop one but this. */
const topTwoMask = tf.customGrad((probabilities) => {
  const p = probabilities as tf.Tensor2D;
  const { values } = tf.topk(p, 2);
  return { value: p.greaterEqual(values.slice([0, 1], [-1, 1])).toFloat(), gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy) };
});

const gelu = (x: tf.Tensor): tf.Tensor => x.mul(0.5).mul(x.div(Math.SQRT2).erf().add(1));

export const tfMoeLayer = ({ tokens, width, inner, experts }: ExpertsShape): Contender =>
  tfTraining(() => {
    const shapes = Object.fromEntries(
      Array.from({ length: experts }, (_, e) => [
        [`${e}.weight1`, [width, inner]],
        [`${e}.bias1`, [inner]],
        [`${e}.weight2`, [inner, width]],
        [`${e}.bias2`, [width]],
      ]).flat() as [string, number[]][],
    );
    const v = makeVariables({ router: [width, experts], ...shapes });
    const of = (name: string): tf.Tensor2D => v[name] as unknown as tf.Tensor2D;
    const [input, target] = [1, 2].map((seed) => tf.tensor2d(normals(tokens * width, seed), [tokens, width])) as [tf.Tensor2D, tf.Tensor2D];
    return {
      variables: v,
      batch: [input, target],
      loss: () => {
        const probabilities = tf.softmax(tf.matMul(input, of('router')));
        const kept = probabilities.mul(topTwoMask(probabilities));
        const gates = kept.div(kept.sum(1, true));
        const outputs = Array.from({ length: experts }, (_, e) => {
          const hidden = gelu(tf.matMul(input, of(`${e}.weight1`)).add(of(`${e}.bias1`))) as tf.Tensor2D;
          const output = tf.matMul(hidden, of(`${e}.weight2`)).add(of(`${e}.bias2`));
          return output.mul(gates.slice([0, e], [-1, 1]));
        });
        // Not `tf.addN`: eight inputs and an output are more buffers than tfjs' device may bind.
        const sum = outputs.reduce((total, output) => total.add(output));
        return tf.losses.meanSquaredError(target, sum) as tf.Scalar;
      },
    };
  });
