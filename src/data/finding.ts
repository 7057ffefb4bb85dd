/** One thing the health report found in a file: what, how often, where first, and what was done about it. */

export const findingCodes = [
  'duplicate-time',
  'disorder',
  'gap',
  'missing-cell',
  'not-a-number',
  'impossible-bar',
  'lost-decimal',
  'frozen-tail',
  'flat-bars',
  'zero-volume',
  'interval',
  'too-few-bars',
  'session-stamp',
  'repeated-header',
  'truncated-line',
] as const;

export type FindingCode = (typeof findingCodes)[number];
/** `drop`: the rows are left out. `keep`: they stay and the person is told. `stop`: training is not offered. `sort`: rows were put in time order. */
export type FindingAction = 'drop' | 'keep' | 'stop' | 'sort';

export interface Finding {
  readonly code: FindingCode;
  /** Rows (or gaps) concerned. */
  readonly count: number;
  /** 1-based line numbers in the file, the first ten. */
  readonly lines: readonly number[];
  readonly action: FindingAction;
  /** Numbers that the sentence needs, e.g. `{ longestMs, intervals }` for a gap. */
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** Raw bars around the first row of a finding, for a small picture. */
export interface Excerpt {
  /** 1-based lines of the file. */
  readonly lines: readonly number[];
  /** [open, high, low, close] as the file wrote them. */
  readonly bars: readonly (readonly [number, number, number, number])[];
  /** Index of the row that the finding is about. */
  readonly marked: number;
}

/** Small pictures beside the findings. */
export interface HealthPictures {
  /** Kept bars in each cell of `daysPerCell` days from `firstDay` (ms, midnight UTC) on. */
  readonly calendar: { readonly firstDay: number; readonly daysPerCell: number; readonly counts: readonly number[] };
  readonly excerpts: Readonly<Partial<Record<FindingCode, Excerpt>>>;
}
