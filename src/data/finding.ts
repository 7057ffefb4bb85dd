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
