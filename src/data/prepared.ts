/** Everything training needs of the data, and the summary of it that the page shows. */

export const parts = ['train', 'validation', 'test'] as const;
export type Part = (typeof parts)[number];

export interface SequenceLength {
  /** T used. */
  readonly value: number;
  /** T that the rule of SPEC 1.5 finds. */
  readonly automatic: number;
  /** Which term decided the automatic value. */
  readonly reason: 'share' | 'lag' | 'upper';
  readonly lastSignificantLag: number;
  readonly lower: number;
  readonly upper: number;
  /** Autocorrelation at lags 1…upper. */
  readonly autocorrelation: Float32Array;
  /** Lowest and highest of 20 random-walk surrogates at the same lags. */
  readonly surrogateLow: Float32Array;
  readonly surrogateHigh: Float32Array;
}

export interface Scaler {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

export interface LabelRule {
  readonly rule: string;
  /** Thresholds in log return, where the rule has fixed ones. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Standard deviation of the training returns: the unit of the return target. */
  readonly returnDeviation: number;
}

export interface PartSummary {
  readonly windows: number;
  /** Time of the first and last window's last bar, ms; 0 when empty. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** Windows of class down, flat, up. */
  readonly classes: readonly [number, number, number];
}

export interface PreparedSummary {
  readonly datasetId: string;
  readonly featureNames: readonly string[];
  readonly scaler: Scaler;
  readonly labels: LabelRule;
  readonly sequenceLength: SequenceLength;
  /** N: bars left after the warm-up. */
  readonly usableBars: number;
  /** Bars dropped while the indicators warm up. */
  readonly warmUpBars: number;
  /** N − T − h + 1. */
  readonly possibleWindows: number;
  readonly dropped: {
    readonly acrossGap: number;
    readonly withoutFuture: number;
    readonly purged: number;
    /** Left out by `maxWindows`. */
    readonly older: number;
  };
  readonly parts: Readonly<Record<Part, PartSummary>>;
  /** Weight of each class in the loss, n / (3·n_c) over the training windows. */
  readonly classWeights: readonly [number, number, number];
  /** Codes of things worth a sentence: `small-class`, `one-sided`, `few-windows`. */
  readonly warnings: readonly {
    readonly code: 'small-class' | 'one-sided' | 'few-windows';
    readonly parameters: Readonly<Record<string, string | number>>;
  }[];
}

export interface Prepared {
  readonly summary: PreparedSummary;
  /** Scaled and clipped features, row-major `[N, F]`. */
  readonly features: Float32Array;
  /** Class of each usable row, −1 where the future is missing. `[N]` */
  readonly classes: Int8Array;
  /** Raw log return over the horizon, NaN where missing. `[N]` */
  readonly returns: Float64Array;
  /** Log return of the last bar (`ln C_t / C_{t−1}`), for the persistence baseline. `[N]` */
  readonly lastMoves: Float64Array;
  /** Opening time of each usable row, ms. `[N]` */
  readonly time: Float64Array;
  /** Row (in 0…N−1) of each window's last bar, oldest first. */
  readonly windows: Readonly<Record<Part, Int32Array>>;
}
