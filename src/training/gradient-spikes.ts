/** Watches the gradient's norm from step to step: one far above those before it often comes just before a run diverges. */

import type { Incident } from './run.ts';

/** Norms that are remembered; fewer than `least` say nothing yet. */
const remembered = 50;
const least = 20;
/** A spike is this many times the median of the remembered norms. */
const factor = 10;

export interface Spike {
  readonly norm: number;
  /** Of the norms before it. */
  readonly median: number;
}

/** @returns a function of each step's norm in order, which tells where the norm is a spike */
export function createSpikeWatch(): (norm: number) => Spike | null {
  const norms: number[] = [];
  return (norm) => {
    const sorted = norms.toSorted((a, b) => a - b);
    const median = sorted[sorted.length >> 1] ?? 0;
    const spike = norms.length >= least && norm > factor * median;
    norms.push(norm);
    if (norms.length > remembered) norms.shift();
    return spike ? { norm, median } : null;
  };
}

/** What a person is told of it. */
export const spikeIncident = ({ step, epoch }: { readonly step: number; readonly epoch: number }, { norm, median }: Spike): Incident => ({
  code: 'gradient-spikes',
  parameters: { step, epoch, norm, median },
});
