/** The engine benches by name: our contender, the peers it is held against, and what the row says beside the times. */
import type { Bench } from './contender.ts';
import type { EngineName } from './names.ts';
import { oursAttention } from './ours/attention.ts';
import { oursBlock } from './ours/block.ts';
import { oursFull } from './ours/full.ts';
import { oursMatmul } from './ours/matmul.ts';
import { oursMoeLayer } from './ours/moe-layer.ts';
import { oursPeft } from './ours/peft.ts';
import { oursRecurrent } from './ours/recurrent.ts';
import { oursTransformer } from './ours/transformer.ts';
import { jaxMatmul } from './peers/jax-matmul.ts';
import { jaxMoeLayer } from './peers/jax-moe-layer.ts';
import { jaxRecurrent } from './peers/jax-recurrent.ts';
import { jaxTransformer } from './peers/jax-transformer.ts';
import { tfMatmul } from './peers/tf-matmul.ts';
import { tfMoeLayer } from './peers/tf-moe-layer.ts';
import { tfRecurrent } from './peers/tf-recurrent.ts';
import { tfTransformer } from './peers/tf-transformer.ts';
import { expertsShape, type RecurrentShape, recurrentShapes, type TransformerShape, transformerShapes } from './shapes.ts';

const recurrent = (kind: 'lstm' | 'gru', shape: RecurrentShape): Bench => ({
  ours: oursRecurrent(kind, shape),
  peers: { tfjs: tfRecurrent(kind, shape), 'jax-js': jaxRecurrent(kind, shape) },
});

const transformer = (shape: TransformerShape): Bench => ({
  ours: oursTransformer(shape),
  peers: { tfjs: tfTransformer(shape), 'jax-js': jaxTransformer(shape) },
});

export const benches: Readonly<Record<EngineName, Bench>> = {
  'lstm-t100': recurrent('lstm', recurrentShapes.t100),
  'lstm-t500': recurrent('lstm', recurrentShapes.t500),
  'lstm-t1000': { ours: oursRecurrent('lstm', recurrentShapes.t1000), peers: {} },
  'gru-t100': recurrent('gru', recurrentShapes.t100),
  'gru-t500': recurrent('gru', recurrentShapes.t500),
  'matmul-1024': { ours: oursMatmul(1024), peers: { tfjs: tfMatmul(1024), 'jax-js': jaxMatmul(1024) } },
  'transformer-t256': transformer(transformerShapes.t256),
  'transformer-t500': transformer(transformerShapes.t500),
  'moe-layer': { ours: oursMoeLayer(expertsShape), peers: { tfjs: tfMoeLayer(expertsShape), 'jax-js': jaxMoeLayer(expertsShape) } },
  'attention-local-t500': oursAttention(500, 20),
  'attention-local-t4000': oursAttention(4000, 20),
  'attention-dense-t4000': oursAttention(4000, null),
  'moe-block': { ours: oursBlock('experts'), peers: {} },
  'dense-block': { ours: oursBlock('dense'), peers: {} },
  'peft-step': oursPeft('frozen'),
  'peft-cached-step': oursPeft('cached'),
  'peft-full-step': oursPeft('whole'),
  'full-lstm': oursFull('lstm', 32, 0, false),
  'full-gru': oursFull('gru', 32, 0, false),
  'full-transformer': oursFull('transformer', 1, 1, true),
  'full-peft-transformer': oursFull('peft-transformer', 1, 1, true),
  'full-moe-transformer': oursFull('moe-transformer', 1, 1, true),
  'full-transformer-anew': oursFull('transformer', 1, 1, true, true),
  'full-moe-transformer-anew': oursFull('moe-transformer', 1, 1, true, true),
};
