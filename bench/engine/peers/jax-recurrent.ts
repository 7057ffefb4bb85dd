/** The recurrent benches on jax-js. It has no `lax.scan` (0.1.25), so the loop over time is unrolled under `jit`, a cell at a time. */
import { type Array as JaxArray, nn, numpy as np } from '@jax-js/jax';
import type { Contender } from '../contender.ts';
import { normals, oneHotRows } from '../random-values.ts';
import { classes, type RecurrentShape } from '../shapes.ts';
import { jaxContender, type Weights, weight } from './jax-train.ts';

/** One step of a cell; owns `x` and `state`, borrows the weights. */
type Cell = (x: JaxArray, state: JaxArray[], weights: Weights) => JaxArray[];

const affine = (x: JaxArray, h: JaxArray, weights: Weights): JaxArray =>
  np
    .matmul(x, weight(weights, 'input'))
    .add(np.matmul(h, weight(weights, 'hidden')))
    .add(weight(weights, 'bias'));

const lstmCell: Cell = (x, [h, c], weights) => {
  const [i, f, g, o] = np.split(affine(x, h as JaxArray, weights), 4, -1) as [JaxArray, JaxArray, JaxArray, JaxArray];
  const cell = nn
    .sigmoid(f)
    .mul(c as JaxArray)
    .add(nn.sigmoid(i).mul(np.tanh(g)));
  return [nn.sigmoid(o).mul(np.tanh(cell.ref)), cell];
};

/** Reset-after, PyTorch's form. */
const gruCell: Cell = (x, [state], weights) => {
  const h = state as JaxArray;
  const inputs = np.matmul(x, weight(weights, 'input')).add(weight(weights, 'bias'));
  const hiddens = np.matmul(h.ref, weight(weights, 'hidden')).add(weight(weights, 'hiddenBias'));
  const [xr, xz, xn] = np.split(inputs, 3, -1) as [JaxArray, JaxArray, JaxArray];
  const [hr, hz, hn] = np.split(hiddens, 3, -1) as [JaxArray, JaxArray, JaxArray];
  const n = np.tanh(xn.add(nn.sigmoid(xr.add(hr)).mul(hn)));
  return [n.ref.add(nn.sigmoid(xz.add(hz)).mul(h.sub(n)))];
};

const kinds = { lstm: { gates: 4, states: 2, cell: lstmCell }, gru: { gates: 3, states: 1, cell: gruCell } } as const;

export function jaxRecurrent(kind: keyof typeof kinds, { batch, time, features, hidden }: RecurrentShape): Contender {
  const { gates, states, cell } = kinds[kind];
  const shapes = {
    input: [features, gates * hidden],
    hidden: [hidden, gates * hidden],
    bias: [gates * hidden],
    ...(kind === 'gru' ? { hiddenBias: [gates * hidden] } : {}),
    dense: [hidden, classes],
    denseBias: [classes],
  };
  // Time first, so that a step is one slice.
  const data = (): JaxArray[] => [
    np.array(normals(time * batch * features, 1), { shape: [time, batch, features] }),
    np.array(oneHotRows(batch, classes), { shape: [batch, classes] }),
  ];
  return jaxContender(shapes, data, (weights, ...batchData) => {
    const [input, target] = batchData as [JaxArray, JaxArray];
    let state: JaxArray[] = Array.from({ length: states }, () => np.zeros([batch, hidden]));
    for (let t = 0; t < time; t++) state = cell(input.ref.slice(t), state, weights);
    input.dispose();
    const [last, ...rest] = state as [JaxArray, ...JaxArray[]];
    for (const unused of rest) unused.dispose();
    const logits = np.matmul(last, weight(weights, 'dense')).add(weight(weights, 'denseBias'));
    return nn
      .logSoftmax(logits)
      .mul(target)
      .sum()
      .mul(-1 / batch);
  });
}
