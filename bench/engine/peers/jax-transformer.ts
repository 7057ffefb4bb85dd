/** The Transformer bench on jax-js, with its own attention, GELU and standardisation. */
import { type Array as JaxArray, nn, numpy as np } from '@jax-js/jax';
import type { Contender } from '../contender.ts';
import { normals, oneHotRows } from '../random-values.ts';
import { classes, type TransformerShape } from '../shapes.ts';
import { jaxContender, type Weights, weight } from './jax-train.ts';
import { positions, transformerWeights } from './transformer-weights.ts';

const dense = (w: Weights, name: string, x: JaxArray): JaxArray => np.matmul(x, weight(w, `${name}.weight`)).add(weight(w, `${name}.bias`));

const layerNorm = (w: Weights, name: string, x: JaxArray): JaxArray =>
  nn
    .standardize(x, -1, { epsilon: 1e-5 })
    .mul(weight(w, `${name}.scale`))
    .add(weight(w, `${name}.shift`));

/** Owns `x`. */
function attention(w: Weights, name: string, x: JaxArray, { batch, time, width, heads }: TransformerShape): JaxArray {
  const project = (part: string, of: JaxArray): JaxArray => dense(w, `${name}.${part}`, of).reshape([batch, time, heads, width / heads]);
  const [q, k, v] = [project('query', x.ref), project('key', x.ref), project('value', x)];
  return dense(w, `${name}.out`, nn.dotProductAttention(q, k, v).reshape([batch, time, width]));
}

export function jaxTransformer(shape: TransformerShape): Contender {
  const { batch, time, features, width, blocks } = shape;
  const data = (): JaxArray[] => [
    np.array(normals(batch * time * features, 1), { shape: [batch, time, features] }),
    np.array(oneHotRows(batch, classes), { shape: [batch, classes] }),
    np.array(positions(time, width), { shape: [time, width] }),
  ];
  return jaxContender(transformerWeights(shape), data, (w, ...given) => {
    const [input, target, where] = given as [JaxArray, JaxArray, JaxArray];
    let x = dense(w, 'input', input).add(where);
    for (let i = 0; i < blocks; i++) {
      x = x.ref.add(attention(w, `${i}.attention`, layerNorm(w, `${i}.norm1`, x), shape));
      const inner = nn.gelu(dense(w, `${i}.first`, layerNorm(w, `${i}.norm2`, x.ref)), { approximate: false });
      x = x.add(dense(w, `${i}.second`, inner));
    }
    const logits = dense(w, 'head', np.mean(layerNorm(w, 'norm', x), 1));
    return nn
      .logSoftmax(logits)
      .mul(target)
      .sum()
      .mul(-1 / batch);
  });
}
