/** How much work a run is. */

/** Optimizer steps of one epoch: the last batch may be smaller. */
export const stepsPerEpoch = (windows: number, batchSize: number): number => Math.ceil(windows / batchSize);
