/** The curves of a run by optimizer step, as the page draws them and a run pack carries them. Page-safe. */

export interface SeriesPoint {
  /** Optimizer step, 1-based. */
  readonly step: number;
  /** Fractional epoch. */
  readonly at: number;
  /** Training time without pauses. */
  readonly elapsedMs: number;
  /** Wall clock, milliseconds since 1970. */
  readonly clockMs: number;
  readonly value: number;
}

/** Metric path → points by step. */
export type Series = Readonly<Record<string, readonly SeriesPoint[]>>;
