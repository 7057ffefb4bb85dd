/** The Transformer bench in stock tfjs operations, written plainly. */
import * as tf from '@tensorflow/tfjs';
import type { Contender } from '../contender.ts';
import { normals, oneHotRows } from '../random-values.ts';
import { classes, type TransformerShape } from '../shapes.ts';
import { makeVariables, tfTraining } from './tf-train.ts';
import { positions, transformerWeights } from './transformer-weights.ts';

type Variables = Readonly<Record<string, tf.Variable>>;

function layerNorm(v: Variables, name: string, x: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, -1, true);
  return x
    .sub(mean)
    .div(variance.add(1e-5).sqrt())
    .mul(v[`${name}.scale`] as tf.Variable)
    .add(v[`${name}.shift`] as tf.Variable);
}

function dense(v: Variables, name: string, x: tf.Tensor): tf.Tensor {
  const weight = v[`${name}.weight`] as tf.Tensor2D;
  const flat = x.reshape([-1, weight.shape[0]]) as tf.Tensor2D;
  return tf
    .matMul(flat, weight)
    .add(v[`${name}.bias`] as tf.Variable)
    .reshape([...x.shape.slice(0, -1), weight.shape[1]]);
}

/** tfjs has none of its own. */
const gelu = (x: tf.Tensor): tf.Tensor => x.mul(0.5).mul(x.div(Math.SQRT2).erf().add(1));

function attention(v: Variables, name: string, x: tf.Tensor, { batch, time, width, heads }: TransformerShape): tf.Tensor {
  const size = width / heads;
  const [q, k, val] = ['query', 'key', 'value'].map((part) =>
    dense(v, `${name}.${part}`, x).reshape([batch, time, heads, size]).transpose([0, 2, 1, 3]),
  ) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const weights = tf.softmax(tf.matMul(q, k, false, true).div(Math.sqrt(size)));
  return dense(v, `${name}.out`, tf.matMul(weights, val).transpose([0, 2, 1, 3]).reshape([batch, time, width]));
}

export const tfTransformer = (shape: TransformerShape): Contender =>
  tfTraining(() => {
    const { batch, time, features, width, blocks } = shape;
    const v = makeVariables(transformerWeights(shape));
    const input = tf.tensor3d(normals(batch * time * features, 1), [batch, time, features]);
    const target = tf.tensor2d(oneHotRows(batch, classes), [batch, classes]);
    const where = tf.tensor2d(positions(time, width), [time, width]);
    return {
      variables: v,
      batch: [input, target, where],
      loss: () => {
        let x: tf.Tensor = dense(v, 'input', input).add(where);
        for (let i = 0; i < blocks; i++) {
          x = x.add(attention(v, `${i}.attention`, layerNorm(v, `${i}.norm1`, x), shape));
          x = x.add(dense(v, `${i}.second`, gelu(dense(v, `${i}.first`, layerNorm(v, `${i}.norm2`, x)))));
        }
        const logits = dense(v, 'head', layerNorm(v, 'norm', x).mean(1));
        return tf.losses.softmaxCrossEntropy(target, logits) as tf.Scalar;
      },
    };
  });
