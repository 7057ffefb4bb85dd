/** Names of the engine benches, in the order of the table. Free of packages, so that a list needs no build. */

export const engineNames = [
  'lstm-t100',
  'lstm-t500',
  'lstm-t1000',
  'gru-t100',
  'gru-t500',
  'matmul-1024',
  'transformer-t256',
  'transformer-t500',
  'moe-layer',
  'attention-local-t500',
  'attention-local-t4000',
  'attention-dense-t4000',
  'moe-block',
  'dense-block',
  'peft-step',
  'peft-cached-step',
  'peft-full-step',
  'full-lstm',
  'full-gru',
  'full-transformer',
  'full-peft-transformer',
  'full-moe-transformer',
  'full-transformer-anew',
  'full-moe-transformer-anew',
] as const;

export type EngineName = (typeof engineNames)[number];
