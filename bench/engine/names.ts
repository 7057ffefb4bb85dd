/** Names of the engine benches, in the order of the table. Free of packages, so that a list needs no build. */

export const engineNames = ['lstm-t100', 'lstm-t500', 'lstm-t1000', 'gru-t100', 'gru-t500'] as const;

export type EngineName = (typeof engineNames)[number];
