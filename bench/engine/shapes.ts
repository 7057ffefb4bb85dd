/** Sizes of the benches, and the numbers that a user's training would have. */

export interface RecurrentShape {
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly hidden: number;
}

export interface TransformerShape {
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly width: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly blocks: number;
}

export interface ExpertsShape {
  readonly tokens: number;
  readonly width: number;
  readonly inner: number;
  readonly experts: number;
}

export const classes = 3;
export const learningRate = 1e-3;

export const recurrentShapes = {
  t100: { batch: 8, time: 100, features: 16, hidden: 64 },
  t500: { batch: 32, time: 500, features: 16, hidden: 128 },
  t1000: { batch: 32, time: 1000, features: 16, hidden: 128 },
} as const satisfies Record<string, RecurrentShape>;

const block = { features: 16, width: 64, heads: 4, feedForward: 256, blocks: 2 };
export const transformerShapes = {
  t256: { batch: 4, time: 256, ...block },
  t500: { batch: 32, time: 500, ...block },
} as const satisfies Record<string, TransformerShape>;

export const expertsShape: ExpertsShape = { tokens: 1024, width: 64, inner: 256, experts: 8 };
