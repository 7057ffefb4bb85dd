/** What the desks of the data place show before training: what each choice would leave, how each rule would label, how the features lie. Types only. */
import type { Part } from './prepared.ts';

/** Bins of equal width from `from` to `to`; what lies outside is counted beside them. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
  readonly below: number;
  readonly above: number;
}

/** What one gap policy would leave. */
export interface Survivors {
  /** Steps longer than this many intervals break a window; null keeps every window. */
  readonly intervals: number | null;
  readonly windows: number;
  /** The same with labels that may cross session gaps. */
  readonly windowsAcross: number;
}

/** How one rule would label the present windows. */
export interface RuleBalance {
  readonly rule: string;
  /** Log returns; null where they move with volatility. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly classes: Readonly<Record<Part, readonly [number, number, number]>>;
}

/** One feature on the training rows: as computed, and as the models see it. */
export interface FeatureDistribution {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  readonly before: Histogram;
  readonly after: Histogram;
  /** Share of values that scaling clipped. */
  readonly clipped: number;
}

/** A stretch of windows by the times of their last bars, ms. */
export interface Stretch {
  readonly windows: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

export interface Survey {
  readonly survivors: readonly Survivors[];
  readonly rules: readonly RuleBalance[];
  /** Training returns over the horizon, log. */
  readonly returns: Histogram;
  /** Distance of a moving threshold in the middle of the training part; null for fixed ones. */
  readonly usualThreshold: number | null;
  readonly features: readonly FeatureDistribution[];
  /** Pearson correlation of features, row by row `[F, F]`, on at most 20,000 training rows. */
  readonly correlation: readonly number[];
  /** Walk-forward folds; empty without. */
  readonly folds: readonly Readonly<Record<Part, Stretch>>[];
}
