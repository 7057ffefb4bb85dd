/** Every contender of the training benches truly trains, and ours and the peers' losses begin alike: a peer that skips work would flatter no one. */
import { beforeAll, expect, test } from 'vitest';
import type { Contender } from './contender.ts';
import { oursMoeLayer } from './ours/moe-layer.ts';
import { oursRecurrent } from './ours/recurrent.ts';
import { oursTransformer } from './ours/transformer.ts';
import { jaxMoeLayer } from './peers/jax-moe-layer.ts';
import { jaxRecurrent } from './peers/jax-recurrent.ts';
import { jaxTransformer } from './peers/jax-transformer.ts';
import { tfMoeLayer } from './peers/tf-moe-layer.ts';
import { tfRecurrent } from './peers/tf-recurrent.ts';
import { tfTransformer } from './peers/tf-transformer.ts';
import { rememberStockFlags } from './tf-environment.ts';

const recurrent = { batch: 3, time: 2, features: 4, hidden: 8 };
const transformer = { batch: 3, time: 3, features: 4, width: 8, heads: 2, feedForward: 16, blocks: 1 };
const layer = { tokens: 32, width: 8, inner: 16, experts: 3 };

const contenders: readonly [string, Contender][] = [
  ['our lstm', oursRecurrent('lstm', recurrent)],
  ['tfjs lstm', tfRecurrent('lstm', recurrent)],
  ['jax-js lstm', jaxRecurrent('lstm', recurrent)],
  ['our gru', oursRecurrent('gru', recurrent)],
  ['tfjs gru', tfRecurrent('gru', recurrent)],
  ['jax-js gru', jaxRecurrent('gru', recurrent)],
  ['our transformer', oursTransformer(transformer)],
  ['tfjs transformer', tfTransformer(transformer)],
  ['jax-js transformer', jaxTransformer(transformer)],
  ['our moe', oursMoeLayer(layer)],
  ['tfjs moe', tfMoeLayer(layer)],
  ['jax-js moe', jaxMoeLayer(layer)],
];

beforeAll(rememberStockFlags);

test.each(contenders)('%s lowers its loss', async (_, contender) => {
  const running = await contender.make();
  const losses: number[] = [];
  for (let step = 0; step < 6; step++) {
    await running.step();
    losses.push((await running.readLoss?.()) ?? Number.NaN);
  }
  running.dispose();
  const [first, last] = [losses[0] as number, losses.at(-1) as number];
  // ln 3 for three classes, the targets' variance for the squared error: both about 1.
  expect(first).toBeGreaterThan(0.7);
  expect(first).toBeLessThan(1.6);
  expect(last).toBeLessThan(first);
  expect(losses.every((loss, i) => i === 0 || loss < (losses[i - 1] as number))).toBe(true);
});
