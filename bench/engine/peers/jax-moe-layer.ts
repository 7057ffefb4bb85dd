/** The layer of experts on jax-js: every expert computes every token in batched products, and a mask of the top two weighs them. */
import { type Array as JaxArray, lax, nn, numpy as np } from '@jax-js/jax';
import type { Contender } from '../contender.ts';
import { normals } from '../random-values.ts';
import type { ExpertsShape } from '../shapes.ts';
import { jaxContender, type Weights, weight } from './jax-train.ts';

/** 1 for the two likeliest experts, without gradient. Owns `probabilities` `[tokens, experts]`. */
function topTwoMask(probabilities: JaxArray): JaxArray {
  const p = lax.stopGradient(probabilities);
  const [values, indices] = lax.topK(p.ref, 2);
  indices.dispose();
  return np.greaterEqual(p, values.slice([], [1, 2])).astype(np.float32);
}

function gatesOf(w: Weights, x: JaxArray): JaxArray {
  const probabilities = nn.softmax(np.matmul(x, weight(w, 'router')), -1);
  const kept = probabilities.ref.mul(topTwoMask(probabilities));
  return kept.ref.div(kept.sum(-1, { keepdims: true }));
}

export function jaxMoeLayer({ tokens, width, inner, experts }: ExpertsShape): Contender {
  const shapes = {
    router: [width, experts],
    weight1: [experts, width, inner],
    bias1: [experts, 1, inner],
    weight2: [experts, inner, width],
    bias2: [experts, 1, width],
  };
  const data = (): JaxArray[] => [1, 2].map((seed) => np.array(normals(tokens * width, seed), { shape: [tokens, width] }));
  return jaxContender(shapes, data, (w, ...given) => {
    const [input, target] = given as [JaxArray, JaxArray];
    const gates = gatesOf(w, input.ref);
    const hidden = nn.gelu(np.einsum('td,edh->eth', input, weight(w, 'weight1')).add(weight(w, 'bias1')), { approximate: false }); // [experts, tokens, inner]
    const outputs = np.matmul(hidden, weight(w, 'weight2')).add(weight(w, 'bias2')); // [experts, tokens, width]
    const mixed = outputs.mul(np.transpose(gates).reshape([experts, tokens, 1])).sum(0);
    return np.mean(np.square(mixed.sub(target)));
  });
}
