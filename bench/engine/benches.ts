/** The engine benches by name: our contender, the peers it is held against, and what the row says beside the times. */
import type { Bench } from './contender.ts';
import type { EngineName } from './names.ts';
import { oursRecurrent } from './ours/recurrent.ts';
import { jaxRecurrent } from './peers/jax-recurrent.ts';
import { tfRecurrent } from './peers/tf-recurrent.ts';
import { type RecurrentShape, recurrentShapes } from './shapes.ts';

const recurrent = (kind: 'lstm' | 'gru', shape: RecurrentShape): Bench => ({
  ours: oursRecurrent(kind, shape),
  peers: { tfjs: tfRecurrent(kind, shape), 'jax-js': jaxRecurrent(kind, shape) },
});

export const benches: Readonly<Record<EngineName, Bench>> = {
  'lstm-t100': recurrent('lstm', recurrentShapes.t100),
  'lstm-t500': recurrent('lstm', recurrentShapes.t500),
  'lstm-t1000': { ours: oursRecurrent('lstm', recurrentShapes.t1000), peers: {} },
  'gru-t100': recurrent('gru', recurrentShapes.t100),
  'gru-t500': recurrent('gru', recurrentShapes.t500),
};
